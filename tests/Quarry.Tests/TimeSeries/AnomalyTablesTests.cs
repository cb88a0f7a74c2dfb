using Quarry.Catalogue;
using Quarry.Charts;
using Quarry.Tables;
using Quarry.TimeSeries;

namespace Quarry.Tests.TimeSeries;

public sealed class AnomalyTablesTests
{
    private static readonly DateTime Start = new(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_spike_is_1_and_a_dip_is_minus_1_whatever_the_season()
    {
        double[] values = Wave(240);
        values[100] += 500;
        values[111] += 500;
        values[150] -= 500;
        values[162] -= 500;

        Table result = Run(Rows(values), new AnomalyOptions());

        Flags(result).Where(f => f.Flag != 0).ShouldBe([(100, 1), (111, 1), (150, -1), (162, -1)]);
        result.Schema.ToString().ShouldBe(
            "(Time: datetime, Value: real, residual: real, trend: real, seasonal: real, weights: real, baseline: real, score: real, anomalies: long, rows: long)");
    }

    [Fact]
    public void Order_does_not_matter_and_is_said()
    {
        double[] values = Wave(240);
        Table sorted = Rows(values);
        int[] order = [.. Enumerable.Range(0, 240).OrderBy(i => i * 7919 % 240)];
        var shuffled = new TableBuilder(sorted.Schema);
        foreach (int i in order)
        {
            shuffled.AddRow(sorted[0].GetValue(i), sorted[1].GetValue(i));
        }

        (Table result, List<string> remarks) = RunWithRemarks(shuffled.Build(), new AnomalyOptions());

        Text(result).ShouldBe(Text(Run(sorted, new AnomalyOptions())));
        remarks.ShouldContain(r => r.Contains("not in order of time"));
    }

    [Fact]
    public void Duplicates_are_aggregated_and_counted()
    {
        Table once = Rows(Wave(120));
        var twice = new TableBuilder(once.Schema);
        twice.AppendAll(once);
        twice.AppendAll(once);

        (Table sum, List<string> remarks) = RunWithRemarks(twice.Build(), new AnomalyOptions());

        sum.RowCount.ShouldBe(120);
        sum["rows"].GetValue(5).ShouldBe(2L);
        remarks.ShouldContain(r => r.StartsWith("120 rows share a step"));
        foreach ((SeriesAggregate aggregate, double expected) in new[]
        {
            (SeriesAggregate.Sum, 2 * Wave(120)[5]), (SeriesAggregate.Avg, Wave(120)[5]), (SeriesAggregate.Min, Wave(120)[5]),
            (SeriesAggregate.Max, Wave(120)[5]), (SeriesAggregate.Count, 2.0), (SeriesAggregate.Last, Wave(120)[5]),
        })
        {
            twice.AppendAll(once);
            twice.AppendAll(once);
            Run(twice.Build(), new AnomalyOptions { Aggregate = aggregate, Value = "Value" })["Value"].GetValue(5).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData(GapFilling.Zero, 0, 0, 240)]
    [InlineData(GapFilling.Previous, 9, 9, 240)]
    [InlineData(GapFilling.Linear, 10, 11, 240)]
    public void Gaps_are_filled_by_the_rule_and_counted(GapFilling fill, double first, double second, int points)
    {
        var builder = new TableBuilder(("Time", ColumnType.DateTime), ("Value", ColumnType.Real));
        for (int i = 0; i < 240; i++)
        {
            if (i is not (10 or 11))
            {
                builder.AddRow(Start.AddHours(i), (double)i);
            }
        }

        (Table result, List<string> remarks) = RunWithRemarks(builder.Build(), new AnomalyOptions { Fill = fill });

        result.RowCount.ShouldBe(points);
        result["Value"].GetValue(10).ShouldBe(first);
        result["Value"].GetValue(11).ShouldBe(second);
        result["rows"].GetValue(10).ShouldBe(0L);
        remarks.ShouldContain(r => r.StartsWith("2 steps without a row were filled in"));
    }

    [Fact]
    public void Gaps_can_be_left_out_or_be_an_error()
    {
        Table table = Rows(Wave(240));
        var gapped = new TableBuilder(table.Schema);
        gapped.AppendAll(table.Slice(0, 100));
        gapped.AppendAll(table.Slice(103, 137));
        Table input = gapped.Build();

        (Table result, List<string> remarks) = RunWithRemarks(input, new AnomalyOptions { Fill = GapFilling.None });

        result.RowCount.ShouldBe(237);
        remarks.ShouldContain(r => r.StartsWith("3 steps without a row are left out"));
        Should.Throw<QuarryException>(() => Run(input, new AnomalyOptions { Fill = GapFilling.Error })).Message.ShouldContain("--fill");
    }

    [Fact]
    public void A_constant_series_has_no_anomalies_and_real_components()
    {
        foreach (AnomalyScore score in Enum.GetValues<AnomalyScore>())
        {
            Table result = Run(Rows([.. Enumerable.Repeat(0.3, 100)]), new AnomalyOptions { Score = score });

            Flags(result).ShouldAllBe(f => f.Flag == 0);
            result["trend"].GetValue(50).ShouldBe(0.3);
            result["score"].GetValue(50).ShouldBe(0.0);
        }
    }

    [Fact]
    public void A_perfect_repetition_has_no_anomalies_made_of_rounding()
    {
        foreach (AnomalyScore score in Enum.GetValues<AnomalyScore>())
        {
            double[] values = [.. Enumerable.Range(0, 240).Select(i => Math.Sin(i % 24) * 1e3 / 7)];

            Flags(Run(Rows(values), new AnomalyOptions { Score = score, Threshold = 0.5 })).ShouldAllBe(f => f.Flag == 0);
        }
    }

    [Fact]
    public void One_spike_on_a_flat_line_is_found_by_every_score()
    {
        foreach (AnomalyScore score in Enum.GetValues<AnomalyScore>())
        {
            double[] values = new double[480];
            values[200] = 1000;

            Flags(Run(Rows(values), new AnomalyOptions { Score = score, Robust = true })).ShouldContain((200, 1));
        }
    }

    [Fact]
    public void What_cannot_be_read_is_left_out_and_counted()
    {
        var builder = new TableBuilder(("when", ColumnType.String), ("bytes", ColumnType.String));
        for (int i = 0; i < 100; i++)
        {
            builder.AddRow(Start.AddHours(i).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture), i == 3 ? "n/a" : i == 4 ? " " : "1" + i);
        }

        builder.AddRow("yesterday", "5");
        builder.AddRow(null, "5");

        (Table result, List<string> remarks) = RunWithRemarks(builder.Build(), new AnomalyOptions { Time = "when", Value = "bytes" });

        result.RowCount.ShouldBe(100);
        remarks.ShouldContain("1 row has a value that is no number (the first is row 3, 'n/a'). They are left out.");
        remarks.ShouldContain("1 row has no value (the first is row 4). They are left out.");
        remarks.ShouldContain("1 row has a time that cannot be read (the first is row 100, 'yesterday'). They are left out.");
        remarks.ShouldContain("1 row has no time (the first is row 101). They are left out.");
    }

    [Fact]
    public void A_number_that_is_NaN_is_left_out_and_counted()
    {
        double[] values = Wave(100);
        values[7] = double.NaN;
        values[8] = double.PositiveInfinity;

        (Table result, List<string> remarks) = RunWithRemarks(Rows(values), new AnomalyOptions { Fill = GapFilling.Linear });

        remarks.ShouldContain(r => r.StartsWith("2 rows have values that are NaN or infinite"));
        Enumerable.Range(0, 100).ShouldAllBe(i => double.IsFinite((double)result["trend"].GetValue(i)!));
    }

    [Theory]
    [InlineData("Value", "Time", "None of 100 rows")]
    [InlineData("Time", "Valu", "Value")]
    [InlineData("Time", "Time", "two of time, value and key")]
    public void Wrong_columns_are_errors_that_say_what_to_do(string time, string value, string expected) =>
        Should.Throw<QuarryException>(() => Run(Rows(Wave(100)), new AnomalyOptions { Time = time, Value = value })).Message.ShouldContain(expected);

    [Fact]
    public void A_table_without_rows_gives_none()
    {
        Run(Rows([]), new AnomalyOptions()).RowCount.ShouldBe(0);
        Run(Rows([]), new AnomalyOptions { View = AnomalyView.Periods }).RowCount.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(47)]
    public void Too_few_points_are_an_error(int points) =>
        Should.Throw<QuarryException>(() => Run(Rows(Wave(points)), new AnomalyOptions())).Message.ShouldContain("two periods");

    [Fact]
    public void Ages_between_two_rows_are_an_error_and_no_memory()
    {
        var builder = new TableBuilder(("Time", ColumnType.DateTime), ("Value", ColumnType.Real));
        builder.AddRow(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), 1.0).AddRow(DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), 1.0);

        string message = Should.Throw<QuarryException>(() => Run(builder.Build(), new AnomalyOptions { Step = TimeSpan.FromSeconds(1) })).Message;

        message.ShouldContain("0001-01-01");
        message.ShouldContain("--max-points");
    }

    [Fact]
    public void One_hostile_key_does_not_keep_the_others_from_being_seen()
    {
        var builder = new TableBuilder(("Time", ColumnType.DateTime), ("Value", ColumnType.Real), ("Host", ColumnType.String));
        double[] values = Wave(120);
        values[60] += 999;
        for (int i = 0; i < 120; i++)
        {
            builder.AddRow(Start.AddHours(i), values[i], "good");
        }

        builder.AddRow(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), 1.0, "evil");
        builder.AddRow(DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), 1.0, "evil");
        builder.AddRow(Start, 1.0, "short");

        (Table result, List<string> remarks) = RunWithRemarks(builder.Build(), new AnomalyOptions { By = ["Host"] });

        result.RowCount.ShouldBe(123);
        Flags(result).ShouldContain((60, 1));
        result["anomalies"].IsNull(120).ShouldBeTrue();
        result["Value"].GetValue(122).ShouldBe(1.0);
        remarks.ShouldContain(r => r.StartsWith("2 of 3 series could not be decomposed"));
    }

    [Fact]
    public void Uneven_times_ask_for_a_step_and_take_one()
    {
        var random = new System.Random(5);
        var builder = new TableBuilder(("Time", ColumnType.DateTime), ("User", ColumnType.String));
        for (int i = 0; i < 5000; i++)
        {
            builder.AddRow(Start.AddSeconds(random.NextDouble() * 10 * 86_400), "u");
        }

        Table events = builder.Build();

        Should.Throw<QuarryException>(() => Run(events, new AnomalyOptions { Aggregate = SeriesAggregate.Count })).Message.ShouldContain("--step 1h");
        Table hours = Run(events, new AnomalyOptions { Aggregate = SeriesAggregate.Count, Step = TimeSpan.FromHours(1) });
        hours.RowCount.ShouldBe(240);
        Enumerable.Range(0, 240).Sum(i => (double)hours["count"].GetValue(i)!).ShouldBe(5000);
        ((DateTime)hours[0].GetValue(0)!).ShouldBe(Start);
    }

    [Fact]
    public void Thousands_of_series_come_in_order_of_appearance_on_any_number_of_threads()
    {
        var builder = new TableBuilder(("Time", ColumnType.DateTime), ("Value", ColumnType.Long), ("A", ColumnType.String), ("B", ColumnType.Long));
        for (int i = 0; i < 60; i++)
        {
            for (int key = 0; key < 300; key++)
            {
                builder.AddRow(Start.AddHours(i), (long)((i % 24 * key) + (i * 31 % 7)), key % 5 == 4 ? null : $"k{(key * 7) % 300}", (long)key);
            }
        }

        Table input = builder.Build();
        var options = new AnomalyOptions { By = ["A", "B"] };

        string one = Text(Run(input, options, 1));
        string many = Text(Run(input, options, 8));

        many.ShouldBe(one);
        Table result = Run(input, options, 3);
        result.Schema.Select(c => c.Name).SkipLast(1).TakeLast(2).ShouldBe(["A", "B"]);
        Enumerable.Range(0, 300).Select(s => (long)result["B"].GetValue(s * 60)!).ShouldBe(Enumerable.Range(0, 300).Select(k => (long)k));
    }

    [Fact]
    public void Names_that_clash_with_the_results_are_changed()
    {
        var builder = new TableBuilder(("trend", ColumnType.DateTime), ("score", ColumnType.Real), ("rows", ColumnType.String));
        foreach ((double value, int i) in Wave(100).Select((v, i) => (v, i)))
        {
            builder.AddRow(Start.AddHours(i), value, "x");
        }

        Table result = Run(builder.Build(), new AnomalyOptions { Time = "trend", Value = "score", By = ["rows"] });

        result.Schema.Select(c => c.Name).ShouldBe(
            ["trend_input", "score_input", "residual", "trend", "seasonal", "weights", "baseline", "score", "anomalies", "rows_input", "rows"]);
    }

    [Fact]
    public void Periods_name_the_key_in_kql_that_no_value_escapes_from()
    {
        double[] values = Wave(240);
        values[100] += 500;
        var builder = new TableBuilder(("Time Generated", ColumnType.DateTime), ("Value", ColumnType.Real), ("User", ColumnType.String));
        for (int i = 0; i < values.Length; i++)
        {
            builder.AddRow(Start.AddHours(i), values[i], "o'neil\\' or true //\n");
        }

        Table result = Run(builder.Build(), new AnomalyOptions { By = ["User"], View = AnomalyView.Periods, SpikesOnly = true });

        result["kql"].GetValue(0).ShouldBe(
            "| where ['Time Generated'] between (datetime(2024-03-05 03:00:00+00:00) .. datetime(2024-03-05 05:00:00+00:00)) "
            + "and User == 'o\\'neil\\\\\\' or true //\\u000A'");
        result["score"].GetValue(0).ShouldBeOfType<double>().ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Several_periods_are_taken_one_within_another()
    {
        double[] values = [.. Enumerable.Range(0, 24 * 7 * 5).Select(i => (10 * Math.Sin(i % 24)) + (i / 24 % 7 >= 5 ? 50 : 0) + (i * 7919 % 13 * 0.1))];
        values[400] += 40;

        Flags(Run(Rows(values), new AnomalyOptions { Period = ["24", "168"], Threshold = 5 })).Where(f => f.Flag != 0).ShouldContain((400, 1));
    }

    [Fact]
    public void The_period_follows_the_step()
    {
        PeriodChoice.Guess(TimeSpan.FromHours(1), 30).ShouldBe(24);
        PeriodChoice.Guess(TimeSpan.FromMinutes(1), 10_000).ShouldBe(1440);
        PeriodChoice.Guess(TimeSpan.FromMinutes(1), 600).ShouldBe(60);
        PeriodChoice.Guess(TimeSpan.FromMinutes(15), 500).ShouldBe(96);
        PeriodChoice.Guess(TimeSpan.FromDays(1), 90).ShouldBe(7);
        PeriodChoice.Guess(TimeSpan.FromDays(7), 90).ShouldBe(24);
    }

    [Fact]
    public void The_most_anomalous_series_are_drawn_first_and_the_rest_is_said()
    {
        var builder = new TableBuilder(("Time", ColumnType.DateTime), ("Value", ColumnType.Real), ("Host", ColumnType.String));
        for (int host = 0; host < 20; host++)
        {
            double[] values = Wave(240);
            values[100] += host == 17 ? 900 : 0;
            for (int i = 0; i < 240; i++)
            {
                builder.AddRow(Start.AddHours(i), values[i], $"h{host}");
            }
        }

        Analysis entry = Analyses.Named("anomalies");
        var options = new AnomalyOptions { By = ["Host"] };
        Table result = entry.Run(TableStream.Of(builder.Build()), options, AnalysisContext.Default).Gather();

        IReadOnlyList<Chart> charts = entry.Draw(result, options);

        charts.Count.ShouldBe(6);
        var first = (SeriesChart)charts[0];
        first.Title.ShouldBe("Value of Host h17 (1 of 20 series, most anomalies first)");
        first.Points.Count.ShouldBe(240);
        first.Points[100].Anomaly.ShouldBe(1);
    }

    [Fact]
    public void Other_thresholds_count_as_reached_when_equalled()
    {
        Table result = Run(Rows(Wave(100)), new AnomalyOptions());
        double score = (double)result["score"].GetValue(50)!;

        Table changed = AnomalyTables.ApplyThreshold(result, Math.Abs(score), 0);

        changed["anomalies"].GetValue(50).ShouldBe(score > 0 ? 1L : -1L);
        changed.Schema.ShouldBe(result.Schema);
    }

    private static double[] Wave(int length)
    {
        var random = new System.Random(7);
        return [.. Enumerable.Range(0, length).Select(i => 100 + (50 * Math.Sin(i * Math.PI / 12)) + (random.NextDouble() * 10))];
    }

    private static Table Rows(double[] values)
    {
        var builder = new TableBuilder(("Time", ColumnType.DateTime), ("Value", ColumnType.Real));
        for (int i = 0; i < values.Length; i++)
        {
            builder.AddRow(Start.AddHours(i), values[i]);
        }

        return builder.Build();
    }

    private static Table Run(Table input, AnomalyOptions options, int threads = 2) =>
        TableStream.Of(input, 37).DetectAnomalies(options, new AnalysisContext { Threads = threads }).Gather();

    private static (Table Result, List<string> Remarks) RunWithRemarks(Table input, AnomalyOptions options)
    {
        var remarks = new List<string>();
        Table result = TableStream.Of(input, 37).DetectAnomalies(options, new AnalysisContext { Remark = remarks.Add }).Gather();
        return (result, remarks);
    }

    private static List<(int Row, int Flag)> Flags(Table result) =>
        [.. Enumerable.Range(0, result.RowCount).Select(i => (i, (int)((long?)result["anomalies"].GetValue(i) ?? 0)))];

    private static string Text(Table table) => string.Join(
        "\n", Enumerable.Range(0, table.RowCount).Select(row => string.Join("|", table.Columns.Select(c => CellReading.ReadText(c, row)))));
}
