namespace Quarry;

/// <summary>
/// An error the user can act on: its message says what was read and where, what was expected, and what to try.
/// Everything Quarry throws on purpose for a user to read is this or one of its children.
/// </summary>
public class QuarryException : Exception
{
    /// <summary>An error with a message for the user.</summary>
    public QuarryException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message for the user and the error below it.</summary>
    public QuarryException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
