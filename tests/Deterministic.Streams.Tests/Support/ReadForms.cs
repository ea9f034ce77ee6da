using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>Every way to read, by name, so that what holds for all of them is said once. Each reads <c>abc</c>, or a line, or what there is.</summary>
internal static class ReadForms
{
    private static readonly Dictionary<string, Func<AsyncStreamReader, CancellationToken, Task<string>>> All = new(
        StringComparer.Ordinal
    )
    {
        ["read"] = async (reader, token) => Bytes.Text(await reader.ReadAsync(3, token).ConfigureAwait(false)),
        ["fill"] = async (reader, token) =>
        {
            byte[] buffer = new byte[3];
            int count = await reader.ReadAsync(buffer, token).ConfigureAwait(false);
            return Bytes.Text(buffer.AsSpan(0, count));
        },
        ["borrow"] = async (reader, token) => Bytes.Text(await reader.BorrowAsync(3, token).ConfigureAwait(false)),
        ["exactly"] = async (reader, token) =>
            Bytes.Text(await reader.ReadExactlyAsync(3, token).ConfigureAwait(false)),
        ["fill exactly"] = async (reader, token) =>
        {
            byte[] buffer = new byte[3];
            await reader.ReadExactlyAsync(buffer, token).ConfigureAwait(false);
            return Bytes.Text(buffer);
        },
        ["borrow exactly"] = async (reader, token) =>
            Bytes.Text(await reader.BorrowExactlyAsync(3, token).ConfigureAwait(false)),
        ["line"] = async (reader, token) => Bytes.Text(await reader.ReadLineAsync(token).ConfigureAwait(false)),
        ["borrow line"] = async (reader, token) =>
            Bytes.Text(await reader.BorrowLineAsync(token).ConfigureAwait(false)),
        ["borrow lines"] = async (reader, token) =>
            Bytes.Text((await reader.BorrowLinesAsync(token).ConfigureAwait(false)).Data),
        ["until"] = async (reader, token) =>
            Bytes.Text(await reader.ReadUntilAsync("c"u8, token).ConfigureAwait(false)),
        ["borrow until"] = async (reader, token) =>
            Bytes.Text(await reader.BorrowUntilAsync("c"u8, token).ConfigureAwait(false)),
        ["until any"] = async (reader, token) =>
            Bytes.Text(await reader.ReadUntilAsync(SeparatorSet.LineFeed, token).ConfigureAwait(false)),
        ["borrow until any"] = async (reader, token) =>
            Bytes.Text(await reader.BorrowUntilAsync(SeparatorSet.LineFeed, token).ConfigureAwait(false)),
        ["to end"] = async (reader, token) => Bytes.Text(await reader.ReadToEndAsync(token).ConfigureAwait(false)),
        ["borrow to end"] = async (reader, token) =>
            Bytes.Text(await reader.BorrowToEndAsync(token).ConfigureAwait(false)),
        ["negative"] = async (reader, token) => Bytes.Text(await reader.ReadAsync(-1, token).ConfigureAwait(false)),
        ["skip line"] = async (reader, token) => $"{await reader.SkipLineAsync(token).ConfigureAwait(false)} skipped",
        ["skip until"] = async (reader, token) =>
            $"{await reader.SkipUntilAsync(SeparatorSet.LineFeed, token).ConfigureAwait(false)} skipped",
        ["next"] = async (reader, token) =>
        {
            await foreach (byte[] line in reader.WithCancellation(token).ConfigureAwait(false))
            {
                return Bytes.Text(line);
            }

            return "no more";
        },
    };

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>What each makes of the bytes <c>abc LF def</c>.</summary>
    public static string AnswerTo(string form) =>
        form switch
        {
            "line" or "borrow line" or "borrow lines" or "until any" or "borrow until any" or "next" => "abc\n",
            "to end" or "borrow to end" or "negative" => "abc\ndef",
            "skip line" or "skip until" => "4 skipped",
            _ => "abc",
        };

    public static bool NeedsEnd(string form) => form is "to end" or "borrow to end" or "negative";

    public static Task<string> Read(this Wire wire, string form, CancellationToken token = default) =>
        All[form](wire.Reader, token);
}
