using System.Text;

namespace Quarry.Fuzz;

/// <summary>Short pieces that <see cref="LinearCheck"/> repeats to long texts.</summary>
internal static class RepeatedInputs
{
    private static readonly string[] Known =
    [
        "a", "A", "0", ".", ":", "/", "\\", "@", "%", "[", "(", "{", "<", "=", "-", "_", " ", "a.", "1.", "a@", "1.1.1.1", "::",
        "f:", "http://", "http://a@", "a.b@", "%41", "%25", "\\x41", "0x41,", "[char]65+", "65,", "-enc ", "[.]", "hxxp", "aA0/",
        "H4sIAAAAAAAA", "UEsDBBQAAAAI", "<decoded", "QQ==", "FromBase64String('", "a\\", "/a", "C:\\a", "[dot]", " dot ", "xn--", "ä", "日.",
    ];

    /// <summary>A piece of at most 64 bytes.</summary>
    public static byte[] Generate(Random random) => random.Next(3) switch
    {
        0 => Pieces.Noise(random, 12),
        1 => Encoding.UTF8.GetBytes(random.Pick(Known)),
        _ => Encoding.UTF8.GetBytes(random.Pick(Known) + random.Pick(Known) + random.Pick("", " ", "\n", "x", "'")),
    };
}
