using System.Text;

namespace Deterministic.Contract;

/// <summary>Bytes to send.</summary>
internal static class Payload
{
    public static byte[] Random(ContractWorld world, int count)
    {
        byte[] bytes = new byte[count];
        world.Random.NextBytes(bytes);
        return bytes;
    }

    public static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>A generator of its own for a flow that runs beside others, where the world's would be shared between threads.</summary>
    public static Random Fork(ContractWorld world) => new(world.Random.Next());
}
