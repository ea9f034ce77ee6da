namespace Deterministic.Core;

/// <summary>The state of a connection. The transitions are in one table, which the tests walk.</summary>
public enum ConnectionState
{
    /// <summary>Usable; either side may have ended its half.</summary>
    Open,

    /// <summary>Close was called; what is queued is still being sent. Nothing more is received, nothing more is taken for sending.</summary>
    Flushing,

    /// <summary>Everything is sent; the driver must close the transport.</summary>
    Closing,

    /// <summary>The driver is closing the transport in order. That can take time, and an abort overtakes it.</summary>
    Disconnecting,

    /// <summary>Output is dropped; the driver must reset the transport, even if it is closing it.</summary>
    Aborting,

    /// <summary>The driver is resetting the transport.</summary>
    Resetting,

    /// <summary>The transport is gone: what asyncio calls connection lost.</summary>
    Closed,
}
