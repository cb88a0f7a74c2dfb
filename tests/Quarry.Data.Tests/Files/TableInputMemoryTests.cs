using System.Text;
using Quarry.Data.Files;
using Quarry.Tables;

namespace Quarry.Data.Tests.Files;

/// <summary>Measures the whole process, and so runs alone.</summary>
[CollectionDefinition(nameof(TableInputMemoryTests), DisableParallelization = true)]
[Collection(nameof(TableInputMemoryTests))]
public class TableInputMemoryTests
{
    [Fact]
    public void Memory_does_not_grow_with_the_input()
    {
        byte[] line = Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', 500)}\",\"b\":1}}\n");
        long before = GC.GetTotalMemory(forceFullCollection: true), largest = 0, rows = 0;
        int batches = 0;

        using var input = TableInput.Open(["-"], new InputOptions { Columns = ["a"], StandardInput = new Repeated(line, 800_000) });
        foreach (TableBatch batch in input.Stream.TakeBatches())
        {
            rows += batch.Table.RowCount;
            if (batches++ % 8 == 0)
            {
                largest = Math.Max(largest, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        rows.ShouldBe(800_000);
        largest.ShouldBeLessThan(100_000_000);
    }

    private sealed class Repeated(byte[] line, int times) : MemoryStream
    {
        private long _next;

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, (line.Length * (long)times) - _next);
            for (int i = 0; i < count;)
            {
                ReadOnlySpan<byte> rest = line.AsSpan((int)(_next % line.Length));
                int taken = Math.Min(rest.Length, count - i);
                rest[..taken].CopyTo(buffer[i..]);
                i += taken;
                _next += taken;
            }

            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
