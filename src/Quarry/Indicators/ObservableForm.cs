namespace Quarry.Indicators;

/// <summary>The form in which an observable is reported.</summary>
public enum ObservableForm
{
    /// <summary>As it stands in the text.</summary>
    AsFound,

    /// <summary>Live: <c>evil.example</c> for <c>evil[.]example</c>.</summary>
    Refanged,

    /// <summary>Defanged, <c>hxxp[:]//evil[.]example</c>, the types of the network only, so that nothing downstream can follow it.</summary>
    Defanged,
}
