namespace Deterministic.Core;

/// <summary>How a connection stands. The transitions are in one table, which the tests walk.</summary>
public enum ConnectionState
{
    /// <summary>Usable; either side may have ended its half.</summary>
    Open,

    /// <summary>Close was called; what is queued is still being sent. Nothing more is received, nothing more is taken for sending.</summary>
    Flushing,

    /// <summary>Everything is sent; the driver must close the transport.</summary>
    Closing,

    /// <summary>Output is dropped; the driver must reset the transport.</summary>
    Aborting,

    /// <summary>The driver is closing or resetting the transport.</summary>
    Disconnecting,

    /// <summary>The transport is gone: what asyncio calls connection lost.</summary>
    Closed,
}
