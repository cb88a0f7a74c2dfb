using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Quarry.Tables;

/// <summary>Tables from sequences of records, and back.</summary>
public static class RecordTables
{
    private const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>A table with a column for each public property that can be read, in the order of their declaration.</summary>
    /// <typeparam name="T">
    /// A record or class whose properties are numbers, bool, text, times, <see cref="Guid"/>, enums (as their names), byte
    /// arrays (as base64 text), or nullable forms of these.
    /// </typeparam>
    /// <exception cref="QuarryException">A property's type has no column type.</exception>
    public static Table ToTable<[DynamicallyAccessedMembers(Needed)] T>(this IEnumerable<T> records)
    {
        PropertyInfo[] properties = [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0)];
        var builder = new TableBuilder(properties.Select(p => (p.Name, TypeOf(p))));
        foreach (T record in records)
        {
            for (int i = 0; i < properties.Length; i++)
            {
                object? value = properties[i].GetValue(record);
                builder[i].AppendObject(DataReaderTables.Convert(value is Enum ? value.ToString() : value, builder.Schema[i].Type));
            }
        }

        return builder.Build();
    }

    /// <summary>
    /// A record for each row: made by the public constructor with the most parameters, whose parameters, and then the
    /// properties that can be set, take the columns of the same name (letter case aside).
    /// </summary>
    /// <exception cref="QuarryException">
    /// A constructor's parameter without a default has no column, a value does not fit the property's type, or a null
    /// meets a property that cannot be null.
    /// </exception>
    public static IEnumerable<T> ToRecords<[DynamicallyAccessedMembers(Needed)] T>(this Table table)
    {
        ConstructorInfo constructor = typeof(T).GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new QuarryException($"{typeof(T).Name} has no public constructor to make records with.");
        ParameterInfo[] parameters = constructor.GetParameters();
        int[] ordinals = [.. parameters.Select(p => Ordinal(table, p.Name!))];
        for (int i = 0; i < parameters.Length; i++)
        {
            if (ordinals[i] < 0 && !parameters[i].HasDefaultValue)
            {
                throw new UnknownColumnException(parameters[i].Name!, table.Schema.Select(c => c.Name));
            }
        }

        (PropertyInfo Property, int Ordinal)[] settable = [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && !parameters.Any(q => string.Equals(q.Name, p.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(p => (p, Ordinal(table, p.Name)))
            .Where(pair => pair.Item2 >= 0)];
        return Make();

        IEnumerable<T> Make()
        {
            for (int row = 0; row < table.RowCount; row++)
            {
                object?[] arguments = new object?[parameters.Length];
                for (int i = 0; i < parameters.Length; i++)
                {
                    arguments[i] = ordinals[i] < 0
                        ? parameters[i].DefaultValue
                        : Fit(table, ordinals[i], row, parameters[i].ParameterType);
                }

                object record = constructor.Invoke(arguments);
                foreach ((PropertyInfo property, int ordinal) in settable)
                {
                    property.SetValue(record, Fit(table, ordinal, row, property.PropertyType));
                }

                yield return (T)record;
            }
        }
    }

    private static ColumnType TypeOf(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(string) || type == typeof(byte[]) || type.IsEnum)
        {
            return ColumnType.String;
        }

        ColumnType found = DataReaderTables.TypeOf(type);
        return found != ColumnType.String
            ? found
            : throw new QuarryException(
                $"Property '{property.Name}' of {property.DeclaringType?.Name} is {type.Name}, which no column type holds. "
                + "Leave it out of the record, or give it as text.");
    }

    private static int Ordinal(Table table, string name)
    {
        int exact = table.Schema.IndexOf(name);
        if (exact >= 0)
        {
            return exact;
        }

        for (int i = 0; i < table.Schema.Count; i++)
        {
            if (string.Equals(table.Schema[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private static object? Fit(Table table, int ordinal, int row, Type wanted)
    {
        object? value = table[ordinal].GetValue(row);
        Type type = Nullable.GetUnderlyingType(wanted) ?? wanted;
        if (value is null)
        {
            return !wanted.IsValueType || type != wanted
                ? null
                : throw new QuarryException($"Column '{table.Schema[ordinal].Name}' is null in row {row}, and {wanted.Name} cannot be. Make the property nullable.");
        }

        try
        {
            return value switch
            {
                _ when type.IsInstanceOfType(value) => value,
                DateTime time when type == typeof(DateTimeOffset) => new DateTimeOffset(time),
                string text when type.IsEnum => Enum.Parse(type, text, ignoreCase: true),
                string text when type == typeof(byte[]) => Convert.FromBase64String(text),
                string => throw new InvalidCastException(),
                _ => Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture),
            };
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            throw new QuarryException(
                $"Column '{table.Schema[ordinal].Name}' holds '{value}' in row {row}, which is not a {type.Name}.", e);
        }
    }
}
