using System.Globalization;
using System.Net;
using System.Text;
using Deterministic.Streams;

namespace Deterministic.Examples.Http;

/// <summary>Writes responses, one after the other.</summary>
internal sealed class HttpResponse(AsyncStreamWriter writer, TimeProvider time, Patience patience)
{
    /// <summary>A short text, whole.</summary>
    public async ValueTask WriteTextAsync(
        HttpStatusCode status,
        string text,
        bool keepAlive,
        bool isHead = false,
        string? extraField = null
    )
    {
        byte[] body = Encoding.UTF8.GetBytes(text + "\n");
        WriteHead(status, $"Content-Length: {body.Length}", keepAlive, extraField);
        if (!isHead)
        {
            writer.Write(body);
        }

        await writer.DrainAsync(patience.Restart());
    }

    public async ValueTask WriteSizedAsync(HttpRequest request, NumberedLines lines)
    {
        WriteHead(HttpStatusCode.OK, $"Content-Length: {lines.Length}", request.KeepAlive);
        if (!request.IsHead)
        {
            await WriteBlocksAsync(lines, writer.Write);
        }
    }

    public async ValueTask WriteChunkedAsync(HttpRequest request, NumberedLines lines)
    {
        WriteHead(HttpStatusCode.OK, "Transfer-Encoding: chunked", request.KeepAlive);
        if (!request.IsHead)
        {
            await WriteBlocksAsync(
                lines,
                block =>
                {
                    WriteAscii($"{block.Length:x}\r\n");
                    writer.Write(block);
                    writer.Write("\r\n"u8);
                }
            );
            writer.Write("0\r\n\r\n"u8);
        }
    }

    private async ValueTask WriteBlocksAsync(NumberedLines lines, Action<ReadOnlySpan<byte>> write)
    {
        byte[] buffer = new byte[NumberedLines.BlockSize];
        for (long position = 0; position < lines.Length; )
        {
            int count = lines.Fill(buffer, position);
            write(buffer.AsSpan(0, count));
            position += count;
            // No faster than the client reads: what is queued here stays below the high watermark and a block.
            await writer.DrainAsync(patience.Restart());
        }
    }

    private void WriteHead(HttpStatusCode status, string framing, bool keepAlive, string? extraField = null) =>
        WriteAscii(
            $"""
            HTTP/1.1 {(int)status} {ReasonOf(status)}
            Date: {time.GetUtcNow():R}
            Content-Type: text/plain; charset=utf-8
            Connection: {(keepAlive ? "keep-alive" : "close")}
            {framing}{(extraField is null ? "" : "\n" + extraField)}


            """
        );

    private void WriteAscii(FormattableString text) =>
        writer.Write(Encoding.ASCII.GetBytes(text.ToString(CultureInfo.InvariantCulture).ReplaceLineEndings("\r\n")));

    private static string ReasonOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.OK => "OK",
            HttpStatusCode.BadRequest => "Bad Request",
            HttpStatusCode.NotFound => "Not Found",
            HttpStatusCode.MethodNotAllowed => "Method Not Allowed",
            HttpStatusCode.RequestEntityTooLarge => "Content Too Large",
            HttpStatusCode.RequestUriTooLong => "URI Too Long",
            HttpStatusCode.RequestHeaderFieldsTooLarge => "Request Header Fields Too Large",
            HttpStatusCode.HttpVersionNotSupported => "HTTP Version Not Supported",
            _ => "",
        };
}
