namespace Quarry.Cli.Running;

/// <summary>The kinds of output there are.</summary>
internal enum OutputForm
{
    /// <summary>A table for a person at a terminal.</summary>
    Table,

    /// <summary>Text for a person, of an analysis that has such a form.</summary>
    Text,

    /// <summary>A page with tables and charts.</summary>
    Html,

    /// <summary>Rows for a program or a file, in an output format.</summary>
    Rows,
}
