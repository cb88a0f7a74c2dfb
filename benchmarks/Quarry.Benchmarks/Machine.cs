using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quarry.Benchmarks;

/// <summary>Where the figures are from.</summary>
internal static class Machine
{
    public static void Print()
    {
        string width = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128";
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} processors, vectors of {width} bits");
    }
}
