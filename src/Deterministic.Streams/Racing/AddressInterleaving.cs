using System.Net;
using System.Net.Sockets;

namespace Deterministic.Streams.Racing;

/// <summary>An order of addresses in which a family that does not work costs little. Clause C-OPEN-08.</summary>
internal static class AddressInterleaving
{
    /// <summary>The first addresses of the first family, then one of each family in turn for as long as it has any. Within a family the order stays.</summary>
    /// <param name="addresses">In the resolver's order.</param>
    /// <param name="firstFamilyCount">How many of the first family come before another; at least 1.</param>
    public static TAddress[] Interleave<TAddress>(IReadOnlyList<TAddress> addresses, int firstFamilyCount)
        where TAddress : EndPoint
    {
        List<Queue<TAddress>> families = ByFamily(addresses);
        List<TAddress> ordered = new(addresses.Count);
        for (int ahead = 1; ahead < firstFamilyCount && families is [{ Count: > 0 } first, ..]; ahead++)
        {
            ordered.Add(first.Dequeue());
        }

        while (ordered.Count < addresses.Count)
        {
            foreach (Queue<TAddress> family in families)
            {
                if (family.TryDequeue(out TAddress? address))
                {
                    ordered.Add(address);
                }
            }
        }

        return [.. ordered];
    }

    /// <summary>The families in the order in which they come up: no hash table, so that every run has the same.</summary>
    private static List<Queue<TAddress>> ByFamily<TAddress>(IReadOnlyList<TAddress> addresses)
        where TAddress : EndPoint
    {
        List<AddressFamily> names = [];
        List<Queue<TAddress>> families = [];
        foreach (TAddress address in addresses)
        {
            int index = names.IndexOf(address.AddressFamily);
            if (index < 0)
            {
                index = names.Count;
                names.Add(address.AddressFamily);
                families.Add(new Queue<TAddress>());
            }

            families[index].Enqueue(address);
        }

        return families;
    }
}
