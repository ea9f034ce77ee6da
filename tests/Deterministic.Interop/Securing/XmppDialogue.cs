using System.Text;
using Deterministic.Streams;

namespace Deterministic.Interop;

/// <summary>As much of XMPP as it takes to go over to TLS: RFC 6120, 5.</summary>
internal static class XmppDialogue
{
    /// <exception cref="InvalidDataException">The client says something else.</exception>
    public static async Task GreetAsync(Connection connection)
    {
        var (reader, writer) = connection;
        await ExpectAsync(reader, "<stream:stream");
        writer.Write(
            """
            <stream:stream xmlns="jabber:client" xmlns:stream="http://etherx.jabber.org/streams" version="1.0">
            <stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>
            """u8
        );
        await ExpectAsync(reader, "<starttls");
        writer.Write("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"u8);
    }

    private static async Task ExpectAsync(AsyncStreamReader reader, string start)
    {
        string tag = Encoding.UTF8.GetString(await reader.ReadUntilAsync(">"u8)).Trim();
        if (!tag.StartsWith(start, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The client said '{tag}' rather than '{start}'.");
        }
    }
}
