using System.Net;

namespace Deterministic.Faults.Decorating;

/// <summary>Who is at the other end of a connection. For one that has just connected that may be known only a moment later.</summary>
internal sealed class Peer
{
    private readonly AddressBook? _names;
    private readonly EndPoint? _remote;
    private readonly EndPoint? _local;
    private string? _name;

    /// <summary>One whose name is known.</summary>
    public Peer(string name) => _name = name;

    /// <summary>One that was accepted.</summary>
    public Peer(AddressBook names, EndPoint? remote, EndPoint? local)
    {
        _names = names;
        _remote = remote;
        _local = local;
    }

    public string Name
    {
        get
        {
            if (_name is { } name)
            {
                return name;
            }

            _name = _names!.NameOfClient(_remote, _local, out string candidate);
            return _name ?? candidate;
        }
    }
}
