namespace Quarry.Data.Files.Compression;

/// <summary>A compressed stream that breaks its format's rules, or that ends before its format says it does.</summary>
public sealed class CompressedDataException : QuarryException
{
    /// <summary>An error with a message for the user.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="isTruncated">Whether the stream is sound as far as it goes and only ends too early.</param>
    /// <param name="innerException">The error below this one.</param>
    public CompressedDataException(string message, bool isTruncated = false, Exception? innerException = null)
        : base(message, innerException)
    {
        IsTruncated = isTruncated;
    }

    /// <summary>Whether the stream is sound as far as it goes and only ends too early.</summary>
    public bool IsTruncated { get; }
}
