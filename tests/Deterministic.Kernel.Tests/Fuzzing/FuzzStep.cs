using System.Runtime.InteropServices;
using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>One step of a program.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Connection">On which connection.</param>
/// <param name="ByServer">At which end of it.</param>
/// <param name="Count">How many bytes, where that has a meaning.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FuzzStep(FuzzAction Action, int Connection = 0, bool ByServer = false, int Count = 0)
{
    public override string ToString() =>
        Action is FuzzAction.Settle or FuzzAction.ConnectAgain ? $"{Action}"
        : Count == 0 ? $"{(ByServer ? "server" : "client")} {Connection}: {Action}"
        : $"{(ByServer ? "server" : "client")} {Connection}: {Action} {Count}";
}
