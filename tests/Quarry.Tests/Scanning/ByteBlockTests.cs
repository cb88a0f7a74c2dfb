using Quarry.Scanning;

namespace Quarry.Tests.Scanning;

public class ByteBlockTests
{
    [Fact]
    public void Answers_as_a_loop_over_the_bytes_does()
    {
        byte[] bytes = new byte[ByteBlock.Size];
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            random.NextBytes(bytes);
            byte low = (byte)random.Next(256);
            byte high = (byte)random.Next(low, 256);
            var block = new ByteBlock(ref bytes[0]);

            block.Equal(low).ShouldBe(Slow(bytes, b => b == low));
            block.Between(low, high).ShouldBe(Slow(bytes, b => b >= low && b <= high));
            block.BetweenIgnoringCase((byte)'a', (byte)'z').ShouldBe(Slow(bytes, b => char.IsAsciiLetter((char)b)));
            block.EqualIgnoringCase((byte)'d').ShouldBe(Slow(bytes, b => b is (byte)'d' or (byte)'D'));
            block.EqualIgnoringCase((byte)'{').ShouldBe(Slow(bytes, b => b is (byte)'{' or (byte)'['));
            block.High().ShouldBe(Slow(bytes, b => b > 0x7F));
        }
    }

    private static ulong Slow(byte[] bytes, Func<byte, bool> isMember)
    {
        ulong mask = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            mask |= isMember(bytes[i]) ? 1ul << i : 0;
        }

        return mask;
    }
}
