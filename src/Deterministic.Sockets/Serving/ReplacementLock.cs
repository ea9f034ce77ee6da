using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Deterministic.Sockets.Serving;

/// <summary>
/// Held while a stale socket file is replaced. Without it, of two servers that start at once the second could remove the file that the first has just made.
/// </summary>
internal static class ReplacementLock
{
    /// <summary>
    /// An abstract name made from the path, bound: exclusive within the host, and gone with the process however that ends. Where there are no abstract names there is no lock,
    /// and that rare race remains.
    /// </summary>
    /// <param name="path">In full.</param>
    /// <param name="held">Dispose of it to release the lock; null where there is no lock.</param>
    /// <returns>False if another holds it.</returns>
    public static bool TryTake(string path, out Socket? held)
    {
        held = null;
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        string digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint($"\0deterministic-replace-{digest}"));
            held = socket;
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            return false;
        }
    }
}
