using System.Diagnostics;

namespace Quarry.Fuzz;

/// <summary>Makes an input that fails as short as it gets in a few seconds.</summary>
internal static class Shrinking
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>The shortest input found that fails with an exception of the same type and kind of message.</summary>
    public static byte[] Shrink(byte[] input, Func<byte[], long> check, Exception failure)
    {
        string expected = Kind(failure);
        long start = Stopwatch.GetTimestamp();
        for (int chunk = input.Length / 2; chunk > 0; chunk = chunk == 1 ? 0 : (chunk + 1) / 2)
        {
            for (int at = 0; at + chunk <= input.Length;)
            {
                if (Stopwatch.GetElapsedTime(start) > Limit)
                {
                    return input;
                }

                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + chunk)];
                if (FailsAlike(shorter, check, expected))
                {
                    input = shorter;
                }
                else
                {
                    at += chunk;
                }
            }
        }

        return input;
    }

    private static bool FailsAlike(byte[] input, Func<byte[], long> check, string expected)
    {
        try
        {
            check(input);
            return false;
        }
        catch (Exception failure)
        {
            return Kind(failure) == expected;
        }
    }

    // A message names positions and values, which change while the input shrinks: the words tell the failures apart.
    private static string Kind(Exception failure) => failure is BrokenInvariantException
        ? string.Join(' ', failure.Message.Split(' ').Where(word => word.All(char.IsAsciiLetter)).TakeLast(3))
        : failure.GetType().FullName + failure.StackTrace?.Split('\n')[0];
}
