namespace Quarry.Data.Files.Compression;

/// <summary>The values one symbol stands for: the baseline plus as many bits as are added to it.</summary>
internal readonly record struct ValueCode(uint Baseline, byte ExtraBits);
