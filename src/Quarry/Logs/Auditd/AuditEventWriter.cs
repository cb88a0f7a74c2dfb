using System.Buffers.Text;
using System.Runtime.InteropServices;
using Quarry.Tables;

namespace Quarry.Logs.Auditd;

/// <summary>Writes events as rows of a table.</summary>
internal sealed class AuditEventWriter
{
    private readonly TableBuilder _rows = new(AuditdTables.Schema);
    private readonly TextColumnBuilder[] _firstThree;
    private readonly bool[] _isFilled = new bool[AuditdTables.Schema.Count];
    private readonly JsonBuffer _fields = new();
    private readonly JsonBuffer _arguments = new();
    private readonly ExecveArguments _execve = new();
    private readonly SeenKeys _seen = new();
    private readonly List<byte> _decoded = [];
    private readonly List<string> _faults = [];
    private readonly List<(AuditType Type, int Order, long Item)> _order = [];
    private bool _isArgumentless;
    private bool _isExec;
    private long _argc;

    private AuditEventWriter() =>
        _firstThree = [_rows.Text(AuditColumn.A0), _rows.Text(AuditColumn.A1), _rows.Text(AuditColumn.A2)];

    /// <summary>The rows of events; and how many of them are incomplete, and how many are no records.</summary>
    public static (Table Rows, long Incomplete, long Unreadable) Write(AuditEvent[] events)
    {
        var writer = new AuditEventWriter();
        long incomplete = 0, unreadable = 0;
        foreach (AuditEvent one in events)
        {
            if (one.Records[0].Header.Type == AuditType.Unreadable)
            {
                writer.WriteUnreadable(one.Records[0]);
                unreadable++;
            }
            else
            {
                incomplete += writer.Write(one) ? 0 : 1;
            }
        }

        return (writer._rows.Build(), incomplete, unreadable);
    }

    private bool Write(AuditEvent one)
    {
        _isFilled.AsSpan().Clear();
        _faults.Clear();
        _execve.Clear();
        _fields.Reset();
        _isExec = false;
        Order(one);
        AuditRecord first = one.Records[_order[0].Order];
        WriteFields(one);
        WriteHead(one, first);
        WriteArguments(one);
        WriteTail(one);
        for (int column = 0; column < _isFilled.Length; column++)
        {
            if (!_isFilled[column])
            {
                FillWithNull(column);
            }
        }

        return _faults.Count == 0;
    }

    private void WriteUnreadable(in AuditRecord record)
    {
        _isFilled.AsSpan().Clear();
        Append(AuditColumn.Records, 1);
        AppendLong(AuditColumn.SourceIndex, record.SourceIndex);
        AppendText(AuditColumn.ParseError, "the line is no audit record, or its header is cut short"u8);
        AppendText(AuditColumn.RawLine, record.Line);
        for (int column = 0; column < _isFilled.Length; column++)
        {
            if (!_isFilled[column])
            {
                FillWithNull(column);
            }
        }
    }

    // An order that does not depend on how the records of several events were mixed.
    private void Order(AuditEvent one)
    {
        _order.Clear();
        for (int i = 0; i < one.Records.Count; i++)
        {
            AuditRecord record = one.Records[i];
            _order.Add((record.Header.Type, i, record.Header.Type == AuditType.Path ? Item(record) : 0));
        }

        for (int i = 1; i < _order.Count; i++)
        {
            if (Compare(one, _order[i - 1], _order[i]) > 0)
            {
                _order.Sort((a, b) => Compare(one, a, b));
                return;
            }
        }
    }

    private static int Compare(AuditEvent one, (AuditType Type, int Order, long Item) a, (AuditType Type, int Order, long Item) b)
    {
        int byType = a.Type.CompareTo(b.Type);
        if (byType != 0)
        {
            return byType;
        }

        int byName = a.Type is AuditType.Main or AuditType.Auxiliary ? one.Records[a.Order].TypeName.SequenceCompareTo(one.Records[b.Order].TypeName) : 0;
        return byName != 0 ? byName : a.Item != b.Item ? a.Item.CompareTo(b.Item) : a.Order.CompareTo(b.Order);
    }

    private static long Item(in AuditRecord record)
    {
        ReadOnlySpan<byte> body = record.Body;
        int at = body[..Math.Min(body.Length, 32)].IndexOf("item="u8);
        return at >= 0 && Utf8Parser.TryParse(body[(at + 5)..], out long item, out _) ? item : long.MaxValue;
    }

    // What has no column of its own goes, by record type, to one JSON object.
    private void WriteFields(AuditEvent one)
    {
        for (int i = 0; i < _order.Count;)
        {
            AuditRecord record = one.Records[_order[i].Order];
            int end = i + 1;
            while (end < _order.Count && one.Records[_order[end].Order].TypeName.SequenceEqual(record.TypeName))
            {
                end++;
            }

            int begin = _fields.Length;
            _fields.Raw(begin == 0 ? (byte)'{' : (byte)',');
            _fields.Text(AuditHex.Readable(record.TypeName));
            _fields.Raw((byte)':');
            bool isList = record.Header.Type == AuditType.Path || end - i > 1;
            if (isList)
            {
                _fields.Raw((byte)'[');
            }

            bool isAny = false;
            for (int k = i; k < end; k++)
            {
                if (k > i)
                {
                    _fields.Raw((byte)',');
                }

                isAny |= WriteRecord(one.Records[_order[k].Order]);
            }

            if (isList)
            {
                _fields.Raw((byte)']');
            }

            if (!isAny)
            {
                _fields.Reset(begin);
            }

            i = end;
        }

        if (_fields.Length > 0)
        {
            _fields.Raw((byte)'}');
        }
    }

    private bool WriteRecord(in AuditRecord record)
    {
        ReadOnlySpan<byte> body = record.Body;
        var fields = new AuditFields(body);
        AuditType type = record.Header.Type;
        _seen.Clear();
        _fields.Raw((byte)'{');
        int written = 0, repeated = 1;
        var exec = default(ExecCall);
        while (fields.Next())
        {
            if (type == AuditType.Execve && _execve.Add(fields.Key, fields.Value, fields.Kind))
            {
                continue;
            }

            ReadOnlySpan<byte> value = Decode(fields);
            if (fields.Kind == AuditFieldKind.Cut)
            {
                _faults.Add($"the {System.Text.Encoding.UTF8.GetString(record.TypeName)} record is cut short");
            }

            if (type == AuditType.Syscall)
            {
                exec.Look(fields.Key, fields.Value);
            }

            if (TryColumn(type, fields.Key, value))
            {
                continue;
            }

            if (written++ > 0)
            {
                _fields.Raw((byte)',');
            }

            WriteKey(body, fields, ref repeated);
            _fields.Text(value);
        }

        _isExec |= exec.IsDone;
        _fields.Raw((byte)'}');
        return written > 0;
    }

    private void WriteKey(ReadOnlySpan<byte> body, in AuditFields fields, ref int repeated)
    {
        // No key holds a blank, so neither this name nor the numbers below can be one's.
        ReadOnlySpan<byte> key = fields.KeyLength == 0 ? "message text"u8 : fields.Key;
        _fields.Raw((byte)'"');
        _fields.Inner(key);
        if (!_seen.Add(body, fields.KeyStart, fields.KeyLength))
        {
            // The number is of the record, so that a key that stands there a thousand times costs no search.
            Span<byte> number = stackalloc byte[12];
            Utf8Formatter.TryFormat(++repeated, number, out int length);
            _fields.Raw((byte)' ');
            _fields.Raw(number[..length]);
        }

        _fields.Raw("\":"u8);
    }

    private ReadOnlySpan<byte> Decode(in AuditFields fields)
    {
        if (fields.Kind != AuditFieldKind.Bare || !AuditHex.IsEncodedKey(fields.Key) || !AuditHex.IsHex(fields.Value))
        {
            return fields.Value;
        }

        _decoded.Clear();
        AuditHex.Decode(fields.Value, _decoded);
        return AuditHex.Readable(CollectionsMarshal.AsSpan(_decoded));
    }

    private bool TryColumn(AuditType type, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int column = AuditColumn.Of(key);
        bool isOwn = column >= 0 && !_isFilled[column] && type switch
        {
            AuditType.Syscall or AuditType.Main => column is not (AuditColumn.Argc or AuditColumn.Proctitle or AuditColumn.Cwd) || type == AuditType.Main,
            AuditType.Execve => column == AuditColumn.Argc,
            AuditType.Cwd => column == AuditColumn.Cwd,
            AuditType.Proctitle => column == AuditColumn.Proctitle,
            _ => false,
        };
        if (!isOwn)
        {
            return false;
        }

        if (!AuditColumn.IsNumber(column))
        {
            AppendText(column, value);
            return true;
        }

        if (!Utf8Parser.TryParse(value, out long number, out int taken) || taken != value.Length)
        {
            return false;
        }

        // The kernel's "unset" is 2^32 - 1.
        AppendLong(column, number == uint.MaxValue ? -1 : number);
        return true;
    }

    private void WriteHead(AuditEvent one, in AuditRecord first)
    {
        bool hasSyscall = false, hasExecve = false;
        int main = -1;
        for (int i = 0; i < _order.Count; i++)
        {
            hasSyscall |= _order[i].Type == AuditType.Syscall;
            hasExecve |= _order[i].Type == AuditType.Execve;
            main = main < 0 && _order[i].Type == AuditType.Main ? i : main;
        }

        _isArgumentless = !hasExecve;
        if (hasSyscall && hasExecve)
        {
            AppendText(AuditColumn.EventType, "SYSCALL_EXECVE"u8);
        }
        else
        {
            AppendText(AuditColumn.EventType, AuditHex.Readable(main >= 0 ? one.Records[_order[main].Order].TypeName : first.TypeName));
        }

        if (hasExecve && !hasSyscall)
        {
            _faults.Add("the SYSCALL record is missing");
        }

        if (_isExec && !hasExecve && !one.IsLate)
        {
            _faults.Add("the EXECVE record is missing");
        }

        if (one.IsLate)
        {
            _faults.Add("came late: other records of the event stand in an earlier row");
        }

        AppendText(AuditColumn.MessageId, first.Id);
        _rows.Values<DateTime>(AuditColumn.TimeGenerated).Append(new DateTime(first.Header.Ticks, DateTimeKind.Utc));
        _isFilled[AuditColumn.TimeGenerated] = true;
        if (first.Header.NodeLength > 0)
        {
            AppendText(AuditColumn.Computer, first.Node);
        }
    }

    private void WriteArguments(AuditEvent one)
    {
        if (_isArgumentless)
        {
            return;
        }

        long count = _isFilled[AuditColumn.Argc] ? _argc : -1;
        if (_execve.IsEmpty && count <= 0)
        {
            if (count < 0)
            {
                _faults.Add("the EXECVE record has no arguments");
            }

            return;
        }

        _arguments.Reset();
        ReadOnlySpan<byte> commandLine = _execve.Write(_arguments, _firstThree, count, _faults);
        AppendText(AuditColumn.CommandLine, commandLine);
        AppendText(AuditColumn.Args, _arguments.Written);
        foreach (int column in (ReadOnlySpan<int>)[AuditColumn.A0, AuditColumn.A1, AuditColumn.A2])
        {
            _isFilled[column] = _rows[column].Length > _rows[AuditColumn.MessageId].Length - 1;
        }
    }

    private void WriteTail(AuditEvent one)
    {
        AppendLong(AuditColumn.Serial, unchecked((long)one.Records[0].Header.Serial));
        Append(AuditColumn.Records, one.Records.Count);
        AppendLong(AuditColumn.SourceIndex, one.Records[0].SourceIndex);
        if (_fields.Length > 0)
        {
            AppendText(AuditColumn.Fields, _fields.Written);
        }

        if (_faults.Count > 0)
        {
            // Each fault of a hostile event is a few words for at least a few bytes of its own.
            _rows.Text(AuditColumn.ParseError).Append(string.Join("; ", _faults.Take(16)) + (_faults.Count > 16 ? "; …" : ""));
            _isFilled[AuditColumn.ParseError] = true;
        }
    }

    private void FillWithNull(int column) => _rows[column].AppendNull();

    private void AppendText(int column, ReadOnlySpan<byte> value)
    {
        _rows.Text(column).Append(value);
        _isFilled[column] = true;
    }

    private void AppendLong(int column, long value)
    {
        _rows.Values<long>(column).Append(value);
        _isFilled[column] = true;
        _argc = column == AuditColumn.Argc ? value : _argc;
    }

    private void Append(int column, int value)
    {
        _rows.Values<int>(column).Append(value);
        _isFilled[column] = true;
    }
}
