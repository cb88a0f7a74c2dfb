using System.Text;
using Quarry.Decoding;

namespace Quarry.Tests.Decoding;

public sealed class FileTypesTests
{
    public static TheoryData<string, string> Beginnings() => new()
    {
        { "elf", "7F454C4602010100" },
        { "macho", "CFFAEDFE07000001" },
        { "macho", "CAFEBABE00000002" },
        { "class", "CAFEBABE00000034" },
        { "pdf", "255044462D312E340A" },
        { "ole", "D0CF11E0A1B11AE100000000" },
        { "zip", "504B030414000000" },
        { "zip (pwd protected)", "504B030414000100" },
        { "7z", "377ABCAF271C0004" },
        { "rar", "526172211A070000" },
        { "rar", "526172211A07010000" },
        { "gz", "1F8B080000000000" },
        { "bz2", "425A6839314159265359" },
        { "xz", "FD377A585A000004" },
        { "zstd", "28B52FFD24000000" },
        { "cab", "4D53434600000000" },
        { "wim", "4D5357494D000000D0" },
        { "lnk", "4C0000000114020000000000C000000000000046" },
        { "png", "89504E470D0A1A0A" },
        { "jpg", "FFD8FFE000104A464946" },
        { "gif", "474946383961" },
        { "rtf", "7B5C727466315C" },
        { "wasm", "0061736D01000000" },
        { "sqlite", "53514C69746520666F726D6174203300" },
        { "evtx", "456C6646696C6500" },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Tells_a_type_by_its_first_bytes_and_not_by_fewer(string type, string hex)
    {
        byte[] bytes = [.. Convert.FromHexString(hex), .. new byte[40]];

        string? found = FileTypes.Detect(bytes);
        string? changed = FileTypes.Detect([(byte)(bytes[0] ^ 0x80), .. bytes[1..]]);

        found.ShouldBe(type);
        changed.ShouldBeNull();
    }

    [Theory]
    [InlineData(0x0102, 3, "exe")]
    [InlineData(0x2102, 3, "dll")]
    [InlineData(0x0102, 1, "sys")]
    [InlineData(0x1102, 3, "sys")]
    [InlineData(0x2102, 1, "dll")]
    public void Tells_programs_libraries_and_drivers_apart_by_the_header(int characteristics, int subsystem, string type)
    {
        byte[] bytes = Convert.FromHexString("4D5A").Concat(new byte[400]).ToArray();
        bytes[0x3C] = 0x80;
        "PE\0\0"u8.CopyTo(bytes.AsSpan(0x80));
        BitConverter.TryWriteBytes(bytes.AsSpan(0x80 + 22), (ushort)characteristics);
        BitConverter.TryWriteBytes(bytes.AsSpan(0x80 + 24 + 68), (ushort)subsystem);

        FileTypes.Detect(bytes).ShouldBe(type);
        Base64Unpacker.Unpack("x " + Encode.Base64(bytes)).Layers.ShouldHaveSingleItem().FileType.ShouldBe(type);
    }

    [Theory]
    [InlineData("<?xml version='1.0'?><a/>", "xml")]
    [InlineData("  <!DOCTYPE html><html>", "html")]
    [InlineData("#!/bin/bash\nid", "sh")]
    [InlineData("#!/usr/bin/env python3\nimport os", "py")]
    [InlineData("@echo off\r\nwhoami", "bat")]
    [InlineData("<?php system('id');", "php")]
    [InlineData("just some text", null)]
    public void Tells_markup_and_scripts_by_how_they_begin(string text, string? type) =>
        FileTypes.DetectText(Encoding.UTF8.GetBytes(text)).ShouldBe(type);

    [Theory]
    [InlineData("word/document.xml", "docx")]
    [InlineData("xl/workbook.xml", "xlsx")]
    [InlineData("META-INF/MANIFEST.MF", "jar")]
    [InlineData("readme.txt", "zip")]
    public void Tells_office_files_and_programs_of_java_by_what_is_in_them(string name, string type)
    {
        byte[] zip = Encode.Zip(System.IO.Compression.CompressionLevel.Optimal, (name, Encode.Utf8("content")), ("other.bin", [0xFF, 0xFE, 0x81]));

        Base64Unpacker.Unpack("x " + Encode.Base64(zip)).Layers[1].FileType.ShouldBe(type);
    }

    /// <summary>The signed sum of these bytes is -1 or 0, which is also what an unreadable or an empty checksum field reads as.</summary>
    [Theory]
    [InlineData('x', -1)]
    [InlineData(' ', 0)]
    [InlineData('\0', 0)]
    public void Takes_no_bytes_for_a_tar_that_state_no_checksum(char stated, int signedSum)
    {
        byte[] bytes = [1, .. new byte[511]];
        bytes.AsSpan(148, 8).Fill((byte)stated);
        bytes.AsSpan(200, 2).Fill(unchecked((byte)-128));
        bytes[202] = unchecked((byte)(signedSum - 1));

        string? type = FileTypes.Detect(bytes);

        type.ShouldBeNull();
    }
}
