namespace Deterministic.Soak.Playing;

/// <summary>What is counted.</summary>
internal enum SoakEvent
{
    Orderly,
    ClientAborted,
    ServerAborted,
    ClientClosed,
    ServerClosed,
    HalfClosed,
    LossSeen,
    ConnectCancelled,
    ReadCancelled,
    DrainWaited,
    DrainCancelled,
    Stillborn,
    HandlerBegun,
    HandlerEnded,
}
