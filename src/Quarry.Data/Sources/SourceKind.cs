namespace Quarry.Data.Sources;

/// <summary>What answers the queries of a source.</summary>
public enum SourceKind
{
    /// <summary>The embedded engine, over files.</summary>
    Local,

    /// <summary>A Log Analytics workspace, which is where Sentinel's tables are.</summary>
    Sentinel,

    /// <summary>Azure Data Explorer, Fabric's Eventhouse, or what speaks their protocol.</summary>
    Kusto,

    /// <summary>Advanced hunting of Microsoft Defender XDR.</summary>
    Defender,
}
