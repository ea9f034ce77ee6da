using System.Text;
using Deterministic.Streams;

namespace Deterministic.Interop;

/// <summary>As much of SMTP as it takes to go over to TLS: RFC 3207.</summary>
internal static class SmtpDialogue
{
    /// <exception cref="InvalidDataException">The client left, or wants no TLS.</exception>
    public static async Task GreetAsync(Connection connection)
    {
        var (reader, writer) = connection;
        writer.Write("220 localhost ESMTP deterministic\r\n"u8);
        while (true)
        {
            string line = Encoding.ASCII.GetString(await reader.ReadLineAsync());
            string command = line.Split(' ')[0].TrimEnd().ToUpperInvariant();
            switch (command)
            {
                case "EHLO":
                    writer.Write("250-localhost\r\n250 STARTTLS\r\n"u8);
                    break;
                case "STARTTLS":
                    writer.Write("220 go ahead\r\n"u8);
                    return;
                case "" or "QUIT":
                    throw new InvalidDataException("The client left without STARTTLS.");
                default:
                    writer.Write("530 Must issue a STARTTLS command first\r\n"u8);
                    break;
            }
        }
    }

    /// <exception cref="InvalidDataException">The server left, or knows no TLS.</exception>
    public static async Task AskAsync(Connection connection)
    {
        var (reader, writer) = connection;
        await ExpectAsync(reader, "220");
        writer.Write("EHLO localhost\r\n"u8);
        await ExpectAsync(reader, "250");
        writer.Write("STARTTLS\r\n"u8);
        await ExpectAsync(reader, "220");
    }

    /// <summary>Reads a reply, whose last line has a space after its code.</summary>
    private static async Task ExpectAsync(AsyncStreamReader reader, string code)
    {
        string line;
        do
        {
            line = Encoding.ASCII.GetString(await reader.ReadLineAsync());
            if (!line.StartsWith(code, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"The server said '{line.TrimEnd()}' rather than {code}.");
            }
        } while (line[code.Length] == '-');
    }
}
