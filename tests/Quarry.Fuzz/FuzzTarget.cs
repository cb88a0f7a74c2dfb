namespace Quarry.Fuzz;

/// <summary>One part of the library that is driven with inputs.</summary>
/// <param name="Name">What <c>--target</c> calls it.</param>
/// <param name="Generate">Makes an input from a sequence.</param>
/// <param name="Check">Runs the part on an input and checks what must hold; returns the bytes it worked on.</param>
/// <param name="TimeFactor">How many times the time of one input it may take.</param>
/// <param name="IsText">Whether a part of an input is an input too, so that one that fails can be shortened.</param>
internal sealed record FuzzTarget(
    string Name,
    Func<Random, byte[]> Generate,
    Func<byte[], long> Check,
    int TimeFactor = 1,
    bool IsText = false);
