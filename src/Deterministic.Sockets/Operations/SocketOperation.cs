using System.Net.Sockets;

namespace Deterministic.Sockets.Operations;

/// <summary>
/// One kind of operation of one socket, used again and again, so that beginning it allocates nothing. It lives until <see cref="Retire"/>,
/// or until the completion that comes after.
/// <para>This folder is what receives, sends and accepts have in common. <see cref="OperationGate"/> and <see cref="WaitGate"/> hold the transitions of <see cref="OperationState"/> and <see cref="WaitState"/>.</para>
/// </summary>
internal abstract class SocketOperation : SocketAsyncEventArgs
{
    /// <summary>The streams continue here, and their awaiters bring their own context: a context captured for each operation would be unused.</summary>
    private const bool SuppressExecutionContext = true;

    private OperationGate _gate;

    protected SocketOperation()
        : base(SuppressExecutionContext) { }

    /// <summary>Whether nothing is in flight.</summary>
    public virtual bool IsIdle => _gate.IsIdle;

    /// <summary>Whether it will never begin again.</summary>
    public bool IsRetired => _gate.IsRetired;

    /// <summary>No more of these. Closing the socket is what ends the one in flight.</summary>
    public void Retire()
    {
        if (_gate.Retire())
        {
            Dispose();
        }
    }

    protected bool TryBegin() => _gate.TryBegin();

    /// <summary>Call once the results are read: afterwards another thread may begin anew.</summary>
    protected void End()
    {
        if (_gate.End())
        {
            Dispose();
        }
    }

    /// <summary>It completed after having been pending.</summary>
    protected abstract void Continue();

    protected sealed override void OnCompleted(SocketAsyncEventArgs e) => Continue();
}
