using FsCheck.Fluent;
using Quarry.Indicators;

namespace Quarry.Tests.Indicators;

public class DefangingTests
{
    [Theory]
    [InlineData("http://a.example.com/x.y?z=1", "hxxp[:]//a[.]example[.]com/x.y?z=1")]
    [InlineData("HTTPS://A.COM", "HXXPS[:]//A[.]COM")]
    [InlineData("sftp://me@a.com:22/x", "sfxp[:]//me[at]a[.]com:22/x")]
    [InlineData("1.2.3.4", "1[.]2[.]3[.]4")]
    [InlineData("2001:db8::1", "2001[:]db8[:][:]1")]
    [InlineData("me@a.com", "me[at]a[.]com")]
    [InlineData("", "")]
    public void Defangs_and_refangs(string live, string defanged)
    {
        Defanging.Defang(live).ShouldBe(defanged);
        Defanging.Refang(defanged).ShouldBe(live);
    }

    [Theory]
    [InlineData("hxxp://a[.]com", "http://a.com")]
    [InlineData("hXXps[:]//a(.)com/x", "https://a.com/x")]
    [InlineData("hxxps[://]a{.}com[/]x", "https://a.com/x")]
    [InlineData("a[dot]com a(DOT)com a{dot}com a[.com a.]com", "a.com a.com a.com a.com a.com")]
    [InlineData("me[at]a[.]com me(AT)a.com me [at] a [dot] com me[@]a.com", "me@a.com me@a.com me@a.com me@a.com")]
    [InlineData("1 dot 2 dot 3 dot 4", "1.2.3.4")]
    [InlineData("a dot example dot com", "a.example.com")]
    [InlineData(@"a\.com https://b\.org", "a.com https://b.org")]
    [InlineData("a．com a｡com 1。2。3。4", "a.com a.com 1.2.3.4")]
    [InlineData("fxp://a.com sfXp://b.com HXXP://C.COM", "ftp://a.com sftp://b.com HTTP://C.COM")]
    public void Refangs_what_people_write(string defanged, string live) => Defanging.Refang(defanged).ShouldBe(live);

    [Theory]
    [InlineData(@"C:\Users\me\.ssh\id_rsa")]
    [InlineData("f(a) x[0].y (dot) [at] {a} look(at me")]
    [InlineData("connect the dot to the line")]
    [InlineData("你好。世界 foo. Bar")]
    [InlineData("(.)(.) [.] a [.")]
    public void Leaves_other_text_alone(string text) => Defanging.Refang(text).ShouldBe(text);

    [Fact]
    public void Refanging_undoes_defanging_of_every_live_text()
    {
        string[] parts = ["a", "b.c", ".", ":", "/", "://", "@", "[", "]", "(", ")", "dot", "at", " ", "\\", "http", "HTTP", "ftp", "hxxp", "1.2.3.4", "::1", "é", "。", "com", "{", "}", " dot "];
        Gen<string> texts = Gen.ListOf(Gen.Elements(parts)).Select(chosen => string.Concat(chosen));

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            string live = Defanging.Refang(text);
            return Defanging.Refang(live) != live || Defanging.Refang(Defanging.Defang(live)) == live;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithReplay(7, 11));
    }

    [Theory]
    [InlineData(ObservableForm.AsFound, "hxxp://a[.]com/x", "a[.]com", "b.org")]
    [InlineData(ObservableForm.Refanged, "http://a.com/x", "a.com", "b.org")]
    [InlineData(ObservableForm.Defanged, "hxxp[:]//a[.]com/x", "a[.]com", "b[.]org")]
    public void Observables_are_reported_in_the_form_that_is_asked_for(ObservableForm form, params string[] expected)
    {
        IReadOnlyList<CollectingSink.Match> found = new IndicatorExtractor(new IndicatorOptions { Form = form })
            .Find("hxxp://a[.]com/x b.org");

        found.Select(match => match.Observable).ShouldBe(expected);
        found.Take(2).Select(match => match.Original).ShouldBe(["hxxp://a[.]com/x", "a[.]com"]);
        found.Select(match => match.Offset).ShouldBe([0, 7, 17]);
    }

    [Fact]
    public void Defanged_text_is_not_recognised_where_that_is_switched_off() =>
        new IndicatorExtractor(new IndicatorOptions { Defanged = false }).Extract("hxxp://a[.]com 1[.]2.3.4").ShouldBeEmpty();
}
