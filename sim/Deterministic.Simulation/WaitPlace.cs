using System.Globalization;
using Deterministic.Simulation.Stacks;

namespace Deterministic.Simulation;

/// <summary>Where a method waits.</summary>
/// <param name="Method">Its type and name: <c>ChatRoom.ServeAsync</c>.</param>
/// <param name="File">The source file; null without debug symbols.</param>
/// <param name="Line">The line on which the statement that waits begins, from 1; 0 without debug symbols.</param>
/// <param name="Code">That line, trimmed; null if the source file is not at hand.</param>
public sealed record WaitPlace(string Method, string? File = null, int Line = 0, string? Code = null)
{
    /// <summary>The innermost line of the program on an exception's stack; null if there is none.</summary>
    /// <param name="error">One that was thrown.</param>
    public static WaitPlace? Of(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return From(CodePlaces.Of(error));
    }

    internal static WaitPlace? From(CodePlace? place) =>
        place is null ? null : new WaitPlace(place.Method, place.File, place.Line, place.Code);

    /// <summary>As in <c>ChatRoom.ServeAsync, ChatRoom.cs:43</c>.</summary>
    public override string ToString() =>
        File is null
            ? Method
            : string.Create(CultureInfo.InvariantCulture, $"{Method}, {Path.GetFileName(File)}:{Line}");
}
