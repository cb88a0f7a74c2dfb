using System.Text;

namespace Quarry.Data.Tests.Files.Compression;

/// <summary>Small Zstandard streams written by zstd 1.5.4 at several settings, and the text they hold.</summary>
internal static class ZstandardFixtures
{
    public static readonly string Text = Lines(60);

    public static readonly byte[] Level1 = Convert.FromBase64String(
        "KLUv/QRIdRYA9itoGnBJkgeAalT2OYGbtHr6/7tyhUSyNJygRjgibgBbAFwAA5MoS9Uxfggvc8t8BmXZvdZSpSaFij6LPpblGoar"
        + "hJpuc6WAXOPYLZNlBAQ8kDjgBYQBOaFDvLPqkrfJ4xyAGVgAIYEYIAqJQ0NxKIxwsAiJAycSKXWHRIIJ4sDgMHTAiYQDISQQAwea"
        + "gJoA+zzWyGT3jjLJEJtRP+IcC+1/J7YyWFLtavzewqwKnhm0d/MtUnQ3zekwPzRnNCenXNpsRhMkBIvSK7+gkYg5doxJThycGlh0"
        + "VleJ1Xey8wsm/L2obG9BSHUjRsgG9yyqykxlaL+msjiXxcBxJMsICz2d/ItOiyyKk+YoeG9EVJTtvqT70HJul9e4UsWbzHSIzrfS"
        + "KLugqWxCLsVqEju7QV1oV4acxW2mBr+fz/xDRyEkoynExQq+jwalebsg0s2umV80qiaXf+xbHbE4LNKGaIjk4fCM6k529/8syBzR"
        + "B3FHl/E2+v2M1NBFOymMEPKyqvdquaKS/rMquTEuhz50roY2aD6jqyDFPuqWh4bU9LY2agOBA6jRfCaRTIf9NzHHCBHnEqgVKB2J"
        + "JcQYJZqSqaglLQ45Magb71Xb0iz959nQLqCqCgyHDB7p6gF3yXAfoMdbbkHar0SRx7AX49A0Jrs5WLmGQOdZadDUN3QNTbYD+7Y4"
        + "JDwrQCADK0JxjcsLyp5HWcC612WRJ8jAf58LgFgZPl5QwaSx51Q16lbZ7qWitAwBMkjTDGF5HlEhjLA1GRFwRXqkoZCAAfW1y8/h"
        + "E4oJQbR4rkCPogOwr712B3fzRVQ+7AMwTHxZc1WhibMLNj+ZrvkzHU/GSoPsCSkIBV9odOkvXCGl6CvABU7N+r8LUdPEiNYHHa8Z"
        + "85mNbE0ol/b69jjL5J1vIIkM/EHY5nskAvwcgo0CPIXvVe2t9LUuJEz568kkiPAQGFBnFRa6lEI=");

    public static readonly byte[] Level3 = Convert.FromBase64String(
        "KLUv/QRY1RYAlmljGnBJkgeAalT2OYGbtHr6/7tyhUSyNJygRjgiaQBWAFgAx/ghvMwt8xmUZfdaS5WaFCr6LPpYlmsYrhJqus2V"
        + "AnKNY7dMlhEQ8EDigBcQBuSEDvHOqkveJo9zAGZgAYQEYoAoJA4NxaEwwsEiJA6cSKTUHRIJJogDg8PQAScSDoSQQAwcaAJqAuzz"
        + "9SPOsdD+d2IrgyXVrsbvLcyq4JlBezffIkV305wO80NzRnNyyqXNZjRBQrAovfILGomYY8eY5MTBqYFFZ3WVWH0nO79gwt+LyvYW"
        + "hFQ3YoTswCTKUhVG9msqi5PFwHEksdDTSaLTIoviyHIUvKeibPclLed2eY0rVbzJjOh8K42yC5rKJuRSrCaxsxvUhXZlg5zFDWfw"
        + "+/nMfOgohKRTiIsVfB+1Ria7d5RJhtiMpXm7INLNrplfNCqXf+xbHbE4LNKI5OHwjOpOdvdfkDmiD+7oMt52Rmro4k8KI4S8rN6r"
        + "5YpKOquSG+Nyhs7V0MaMroIU+6hbHhpS09vaqL1nUVVmCoD6qBFxI5FQh/03gDPSpA0SaDQUAVFyYEMIQiIiIYoySQzOATlg0FSw"
        + "r8rAo6+w/ddawZ9VQMfSTfq9K/6sEACzVmAl9JA0H52qq1Y2CCyl+MlMx8HnLDcoG8ZgwxJxac5EX8yy4NJep2gC76f1ubB5JQFe"
        + "aghohX5XinyBMpS7iwfa9GMPpf2hpbuPBYUtC8TNhEcKIO1VUteYW4qWuY4EhWT20yJBXfFvdyFInZ7AZlSirhNb+9ztNlepwCYQ"
        + "YlqkaWsxVhDh1ZptB2whFUR/lgOmWhIJq3aRQGbkAXbhikF83wGYMOd8C1/t+Wvos6/K5GzSL7wKbNTbFsw+ReqyNUIeSNO5cPk3"
        + "W0MzK5561jQ+PvlOFZwh9A4oBdBjJnluBQSggIDZfgaQPTOmMJpiFRzALm98Ob+jhuUbQQVi8sGFhNEGDHFUBRa6lEI=");

    public static readonly byte[] Level19 = Convert.FromBase64String(
        "KLUv/QRoFRUAxiljG3A3BXkRqj+zyNOLSGP+/4/X7pJIlhSB/9cFFmgAVQBXANzHD+FlapnfDMqien1RQlBvoWLiSfpYlGsYqlhq"
        + "us0VAXuNQ7VMlhkYcMHBwAUOEPZLh3hn1SVvk8c5ADbAAZbAoXCAFAonGDThUOBE2lJXOBx4DwwIhSEDHwYUKOFwUFCgIaghsM8D"
        + "o348zrGQ/ndiK4MlhV0Yv5WcWRGeGaR3rSXdTXM6zA/NGc33BJc2m0G9uIukBJ/QSMRC0tAxJjlxamDRoVElVt+NzidM+Csq2koI"
        + "qW5ruzowibJUXTiXZOC4zUIiTkz+RXSCJCFHdspBWH9EVLT7kj6knNrlNeZKkTeZmBVzrbRBOYSmciAXoiLXbgZ1oV3ZICe54UwN"
        + "Xj+fDzEKIRlNIS5G+IQ18irlc2dtAqVZuyCaXTO/qCaVf+wfkRySNKLNw+EZoZPd/fzOEX1QR5fxtrttDaGItsR291WtohypPAux"
        + "N8bl0MVcGNp8RhfZYoPqlIeG7KY2Sp9FCMFMhWS/pqIBgK6oIXBLAhHi2j8DQCXKbB0SQAAKtAKSIWA4AiPYBERQEBQqLHClAyBt"
        + "LeXZzDFh/QjBdlTDd7iZYWnfnuND/4FlCSzlL0D753h2LwKLv9LD2k0IOP7ri4KUIMWwgBYA9ifFboalHoFQglECGsawXwqayHTp"
        + "kCDegE8XEKAV4P1uXySSwIECxM2wnr3T7OlvLqVUItbE2Dlpoeo42uG5Dsk2I+3LUKeGTCEj4uRHeFNQGQoByEPoxAAxEUYoqLpJ"
        + "+54R2iM0pOyVpAsjrV7CH76wTbm7APsN97TEH8LR/NAqoOcDyWoCQ5DQk2IczCJIhdRVzMOh+ZsJXIBwcSh4gG9sv6MA9M9+uoB2"
        + "bocBae4BWBUWupRC");

    public static readonly byte[] Ultra22Long = Convert.FromBase64String(
        "KLUv/QSIFRUAxiljG3A3BXkRqj+zyNOLSGP+/4/X7pJIlhSB/9cFFmgAVQBXANzHD+FlapnfDMqien1RQlBvoWLiSfpYlGsYqlhq"
        + "us0VAXuNQ7VMlhkYcMHBwAUOEPZLh3hn1SVvk8c5ADbAAZbAoXCAFAonGDThUOBE2lJXOBx4DwwIhSEDHwYUKOFwUFCgIaghsM8D"
        + "o348zrGQ/ndiK4MlhV0Yv5WcWRGeGaR3rSXdTXM6zA/NGc33BJc2m0G9uIukBJ/QSMRC0tAxJjlxamDRoVElVt+NzidM+Csq2koI"
        + "qW5ruzowibJUXTiXZOC4zUIiTkz+RXSCJCFHdspBWH9EVLT7kj6knNrlNeZKkTeZmBVzrbRBOYSmciAXoiLXbgZ1oV3ZICe54UwN"
        + "Xj+fDzEKIRlNIS5G+IQ18irlc2dtAqVZuyCaXTO/qCaVf+wfkRySNKLNw+EZoZPd/fzOEX1QR5fxtrttDaGItsR291WtohypPAux"
        + "N8bl0MVcGNp8RhfZYoPqlIeG7KY2Sp9FCMFMhWS/pqIBgK6oIXBLAhHi2j8DQCXKbB0SQAAKtAKSIWA4AiPYBERQEBQqLHClAyBt"
        + "LeXZzDFh/QjBdlTDd7iZYWnfnuND/4FlCSzlL0D753h2LwKLv9LD2k0IOP7ri4KUIMWwgBYA9ifFboalHoFQglECGsawXwqayHTp"
        + "kCDegE8XEKAV4P1uXySSwIECxM2wnr3T7OlvLqVUItbE2Dlpoeo42uG5Dsk2I+3LUKeGTCEj4uRHeFNQGQoByEPoxAAxEUYoqLpJ"
        + "+54R2iM0pOyVpAsjrV7CH76wTbm7APsN97TEH8LR/NAqoOcDyWoCQ5DQk2IczCJIhdRVzMOh+ZsJXIBwcSh4gG9sv6MA9M9+uoB2"
        + "bocBae4BWBUWupRC");

    public static readonly byte[] NoChecksum = Convert.FromBase64String(
        "KLUv/QBY1RYAlmljGnBJkgeAalT2OYGbtHr6/7tyhUSyNJygRjgiaQBWAFgAx/ghvMwt8xmUZfdaS5WaFCr6LPpYlmsYrhJqus2V"
        + "AnKNY7dMlhEQ8EDigBcQBuSEDvHOqkveJo9zAGZgAYQEYoAoJA4NxaEwwsEiJA6cSKTUHRIJJogDg8PQAScSDoSQQAwcaAJqAuzz"
        + "9SPOsdD+d2IrgyXVrsbvLcyq4JlBezffIkV305wO80NzRnNyyqXNZjRBQrAovfILGomYY8eY5MTBqYFFZ3WVWH0nO79gwt+LyvYW"
        + "hFQ3YoTswCTKUhVG9msqi5PFwHEksdDTSaLTIoviyHIUvKeibPclLed2eY0rVbzJjOh8K42yC5rKJuRSrCaxsxvUhXZlg5zFDWfw"
        + "+/nMfOgohKRTiIsVfB+1Ria7d5RJhtiMpXm7INLNrplfNCqXf+xbHbE4LNKI5OHwjOpOdvdfkDmiD+7oMt52Rmro4k8KI4S8rN6r"
        + "5YpKOquSG+Nyhs7V0MaMroIU+6hbHhpS09vaqL1nUVVmCoD6qBFxI5FQh/03gDPSpA0SaDQUAVFyYEMIQiIiIYoySQzOATlg0FSw"
        + "r8rAo6+w/ddawZ9VQMfSTfq9K/6sEACzVmAl9JA0H52qq1Y2CCyl+MlMx8HnLDcoG8ZgwxJxac5EX8yy4NJep2gC76f1ubB5JQFe"
        + "aghohX5XinyBMpS7iwfa9GMPpf2hpbuPBYUtC8TNhEcKIO1VUteYW4qWuY4EhWT20yJBXfFvdyFInZ7AZlSirhNb+9ztNlepwCYQ"
        + "YlqkaWsxVhDh1ZptB2whFUR/lgOmWhIJq3aRQGbkAXbhikF83wGYMOd8C1/t+Wvos6/K5GzSL7wKbNTbFsw+ReqyNUIeSNO5cPk3"
        + "W0MzK5561jQ+PvlOFZwh9A4oBdBjJnluBQSggIDZfgaQPTOmMJpiFRzALm98Ob+jhuUbQQVi8sGFhNEGDHFUBQ==");

    public static readonly byte[] Empty = Convert.FromBase64String(
        "KLUv/SQAAQAAmenYUQ==");

    public static readonly byte[] Rle = Convert.FromBase64String(
        "KLUv/QRYVAAAEGFhAQD7/znAAgIAEGEDnwRhjV8Epg==");

    public static readonly byte[] TwoFrames = Convert.FromBase64String(
        "KLUv/QRYZQMAUgYVGJC1bRYhEgrDkIxJZLs7ELVQi41odWdHEMOTF8dx1eyEhbBy7jm7pgQSUoNID+rw5EXrpXjQVwBcemNG6zs6"
        + "yansdZ8XQw6TvQWXrZe6RKIgYRQ1CQCAMygGTkB7YbAQlIEmIA4YinAGzQoqB1oqTRgFAAAAaGVsbG8otS/9BFj9FQAWqWIacEmS"
        + "B4BqVPY5gZu0evr/u3KFRLI0nKBGOCJpAFUAVwBXVLa3IKT6yYgRsgOTKEvVceOH8DK3zM2gLLvX11KEBGKAKCSUmhQq+iz6WJZr"
        + "GBIQ8EDigBcQBquEmm5zAMzAAqWAHBqKQ2GEg0VIHK5x7JY5JBJMEAcGhzzgRMKhEBKIgYNNQE2AfR6n1shk944yyRCbUT/iHAvt"
        + "P0dsZbCkll2N31uYVcEzg/ZuvkWK7qY5HeaH5ozm5JRLm81ogoRgUar8gkYiUtLYMSY5B2lqYNGh1VElVt+PyOj8ggkfRVWZqczQ"
        + "fk1lcS6LgeNIYqGnk3/RaZFFcZqj4P0ZFWW7L+mWc7u8xpUq3mRnSnS+lUbZBU1lE3IpVpPY2Q3qQruyQc7ihjM1hd/PZ/6hoxCS"
        + "0RTiYgUHpXm7INLNrplfNCqXf+xbHbE4LNJmiOTh8Myo7mR3/wWZI/rgji7jbfQzUkMXf1IYIeRl9V4tV1TSWZXcGJczdK6GNmZ0"
        + "FaTYR93y0JCa3tZG7T0DgPSoAXkUMx72z3Az2qQNEqgkEAETclxDCFKiqoAoSmkLNwP4IcTP5N2dtdRXiv6DueMklHX2Q4r0NiW3"
        + "Ms6eZfSQdB9lEG+9RgTeEjyOJsZhhuwmUmIlb8LiY0ssr69iGKNuL10H0Z66oyacgJXAFVx9VeEQysXYAuZw7G1Jd+uQuw6IdhHP"
        + "HSyJu3/DJ+L+b+WvsTCK2Fy6xqFcgnlBxf3sigZ4hd7liKoV2HKZ27doHxpgIRrHhuEPMxbJcLUFzEOeGZ2mXCYsgpCR9cWKYV5Q"
        + "CIhkHjs7zaO4cZEgDIaS5TGzvMLyag7Cyfshq8AVJFbMslOAAmS/Cyz651UfYXZJDnF93Hj1g29bQPx+aKRNY95zkhDRfUjxLqHe"
        + "wtVj3/LHLgtA575zXKxuExPXC3QV/IYrzg==");

    public static string Lines(int count)
    {
        string[] parents = ["cmd", "powershell", "svchost"];
        var text = new StringBuilder();
        uint s = 12345;
        for (int i = 0; i < count; i++)
        {
            s = ((s * 1103515245) + 12345) & 0x7fffffff;
            text.Append($"2024-03-{1 + (i % 28):00} host{s % 5} user{(s >> 8) % 11} process {s:x8} started by {parents[(s >> 4) % 3]}.exe\n");
        }

        return text.ToString();
    }
}
