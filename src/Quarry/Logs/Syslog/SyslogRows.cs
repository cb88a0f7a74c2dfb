using System.Buffers.Text;
using System.Net;
using System.Text;
using Quarry.Tables;

namespace Quarry.Logs.Syslog;

/// <summary>The lines of one batch as rows, whose times still lack what only the lines before them tell.</summary>
internal sealed class SyslogRows
{
    private readonly TableBuilder _rows = new(SyslogTables.Schema);
    private readonly List<LogMoment> _moments = [];
    private readonly JsonBuffer _json = new();
    private readonly SeenKeys _ids = new();
    private readonly SeenKeys _names = new();

    private SyslogRows()
    {
    }

    /// <summary>How many cells were blank and have no row.</summary>
    public long Blank { get; private set; }

    /// <summary>How many lines could not be read.</summary>
    public long Faults { get; private set; }

    /// <summary>Reads the lines of a batch.</summary>
    public static SyslogRows Read(TableBatch batch, int[] columns)
    {
        var rows = new SyslogRows();
        for (int row = 0; row < batch.Table.RowCount; row++)
        {
            foreach (int column in columns)
            {
                ReadOnlySpan<byte> line = ((TextColumn)batch.Table[column])[row];
                if (CellReading.IsBlank(line))
                {
                    rows.Blank++;
                    continue;
                }

                rows.Add(line, batch.FirstRow + row);
            }
        }

        return rows;
    }

    /// <summary>The rows as a table, their times resolved.</summary>
    public Table Finish(LogCalendar calendar)
    {
        var times = new ValueColumnBuilder<DateTime>(ColumnType.DateTime);
        List<int>? impossible = null;
        for (int row = 0; row < _moments.Count; row++)
        {
            if (!_moments[row].IsThere)
            {
                times.AppendNull();
            }
            else if (calendar.TryResolve(_moments[row], out DateTime resolved))
            {
                times.Append(resolved);
            }
            else
            {
                times.AppendNull();
                (impossible ??= []).Add(row);
            }
        }

        Column time = times.Build(), host = _rows[SyslogTables.Computer].Build();
        Column[] columns = [.. Enumerable.Range(0, SyslogTables.Schema.Count).Select(i => i switch
        {
            SyslogTables.TimeGenerated or SyslogTables.EventTime => time,
            SyslogTables.Computer or SyslogTables.HostName => host,
            _ => _rows[i].Build(),
        })];
        if (impossible is not null)
        {
            Faults += impossible.Count;
            columns[SyslogTables.ParseError] = WithImpossibleDays((TextColumn)columns[SyslogTables.ParseError], [.. impossible]);
        }

        return new Table(SyslogTables.Schema, columns);
    }

    private static Column WithImpossibleDays(TextColumn errors, HashSet<int> rows)
    {
        var column = new TextColumnBuilder();
        for (int row = 0; row < errors.Length; row++)
        {
            if (rows.Contains(row))
            {
                column.Append(SyslogNames.Describe(SyslogFault.ImpossibleDay));
            }
            else
            {
                column.Append(errors.GetString(row));
            }
        }

        return column.Build();
    }

    private void Add(ReadOnlySpan<byte> line, long sourceIndex)
    {
        bool isRead = SyslogParser.TryParse(line, out SyslogLine parsed);
        _moments.Add(isRead ? parsed.Time : default);
        Text(SyslogTables.Computer, parsed.Host);
        AppendAddress(parsed.Host);
        if (parsed.Priority >= 0)
        {
            _rows.Text(SyslogTables.Facility).Append(SyslogNames.Facility(parsed.Priority));
            _rows.Text(SyslogTables.SeverityLevel).Append(SyslogNames.Severity(parsed.Priority));
        }
        else
        {
            _rows[SyslogTables.Facility].AppendNull();
            _rows[SyslogTables.SeverityLevel].AppendNull();
        }

        _rows.Text(SyslogTables.SyslogMessage).Append(parsed.Message);
        AppendProcessId(parsed.ProcessId);
        Text(SyslogTables.ProcessName, parsed.Process);
        _rows.Text(SyslogTables.Type).Append("Syslog"u8);
        Text(SyslogTables.MsgId, parsed.MessageId);
        AppendStructuredData(parsed.StructuredData);
        _rows.Text(SyslogTables.Form).Append(Describe(isRead ? parsed.Form : SyslogForm.Unknown));
        _rows.Values<long>(SyslogTables.SourceIndex).Append(sourceIndex);
        if (isRead)
        {
            _rows[SyslogTables.ParseError].AppendNull();
        }
        else
        {
            Faults++;
            _rows.Text(SyslogTables.ParseError).Append(SyslogNames.Describe(parsed.Fault));
        }
    }

    private void Text(int column, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            _rows[column].AppendNull();
        }
        else
        {
            _rows.Text(column).Append(value);
        }
    }

    private void AppendProcessId(ReadOnlySpan<byte> id)
    {
        if (Utf8Parser.TryParse(id, out int number, out int taken) && taken == id.Length && number >= 0)
        {
            _rows.Values<int>(SyslogTables.ProcessId).Append(number);
            _rows[SyslogTables.ProcId].AppendNull();
        }
        else
        {
            _rows[SyslogTables.ProcessId].AppendNull();
            Text(SyslogTables.ProcId, id);
        }
    }

    // Only what may be an address is given to the parser: digits, points, colons.
    private void AppendAddress(ReadOnlySpan<byte> host)
    {
        Span<char> characters = stackalloc char[45];
        bool mayBe = host.Length is >= 2 and <= 45 && host.IndexOfAny((byte)'.', (byte)':') >= 0
            && host.IndexOfAnyExcept("0123456789abcdefABCDEF.:"u8) < 0;
        if (mayBe && Encoding.ASCII.TryGetChars(host, characters, out int length) && IPAddress.TryParse(characters[..length], out IPAddress? address)
            && (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 || host.Count((byte)'.') == 3))
        {
            _rows.Text(SyslogTables.HostIp).Append(host);
        }
        else
        {
            _rows[SyslogTables.HostIp].AppendNull();
        }
    }

    private void AppendStructuredData(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            _rows[SyslogTables.StructuredDataColumn].AppendNull();
            return;
        }

        _json.Reset();
        StructuredData.Write(data, _json, _ids, _names);
        _rows.Text(SyslogTables.StructuredDataColumn).Append(_json.Written);
    }

    private static ReadOnlySpan<byte> Describe(SyslogForm form) => form switch
    {
        SyslogForm.Rfc3164 => "rfc3164"u8,
        SyslogForm.Rfc5424 => "rfc5424"u8,
        SyslogForm.IsoTime => "iso"u8,
        SyslogForm.Device => "device"u8,
        _ => "unknown"u8,
    };
}
