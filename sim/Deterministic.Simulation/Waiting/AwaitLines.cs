using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Deterministic.Simulation.Stacks;

namespace Deterministic.Simulation.Waiting;

/// <summary>From an await of an async method to its line of source, by the debug symbols of its assembly.</summary>
[UnconditionalSuppressMessage(
    "SingleFile",
    "IL3000",
    Justification = "Without a file there are no symbols, and the report says less."
)]
[UnconditionalSuppressMessage(
    "Trimming",
    "IL2075",
    Justification = "What was trimmed away is not found, and the report says less."
)]
internal sealed class AwaitLines : IDisposable
{
    /// <summary>The kind of debug information that lists a method's awaits, in the order of their states. Of the portable PDB format.</summary>
    private static readonly Guid AsyncSteppingInformation = new("54FD2AC5-E925-401A-9C2A-F94F171072F8");

    private readonly Dictionary<Assembly, MetadataReaderProvider?> _symbols = [];

    /// <summary>A thousand connections are served by the same few lines.</summary>
    private readonly Dictionary<(Type Method, int State), WaitPlace> _places = [];

    public WaitPlace PlaceOf(SuspendedMethod method)
    {
        (Type, int) key = (method.StateMachine.GetType(), method.State);
        if (!_places.TryGetValue(key, out WaitPlace? place))
        {
            place = Look(method);
            _places.Add(key, place);
        }

        return place;
    }

    public void Dispose()
    {
        foreach (MetadataReaderProvider? symbols in _symbols.Values)
        {
            symbols?.Dispose();
        }
    }

    private WaitPlace Look(SuspendedMethod method)
    {
        Type type = method.StateMachine.GetType();
        string name = MethodNames.Of(type);
        try
        {
            return
                SymbolsOf(type.Assembly) is { } symbols
                && type.GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                    is { } body
                && LineOf(symbols.GetMetadataReader(), body.MetadataToken & 0xff_ffff, method.State) is var (file, line)
                ? new WaitPlace(name, file, line, SourceCode.LineOf(file, line))
                : new WaitPlace(name);
        }
        catch (Exception error) when (error is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return new WaitPlace(name);
        }
    }

    private MetadataReaderProvider? SymbolsOf(Assembly assembly)
    {
        if (!_symbols.TryGetValue(assembly, out MetadataReaderProvider? symbols))
        {
            symbols = Load(assembly.Location);
            _symbols.Add(assembly, symbols);
        }

        return symbols;
    }

    private static MetadataReaderProvider? Load(string location)
    {
        if (!File.Exists(location))
        {
            return null;
        }

        using PEReader image = new(File.OpenRead(location));
        return image.TryOpenAssociatedPortablePdb(
            location,
            file => File.Exists(file) ? File.OpenRead(file) : null,
            out MetadataReaderProvider? symbols,
            out _
        )
            ? symbols
            : null;
    }

    private static (string File, int Line)? LineOf(MetadataReader symbols, int method, int state)
    {
        int offset = OffsetOf(symbols, MetadataTokens.MethodDefinitionHandle(method), state);
        (string, int)? found = null;
        foreach (
            SequencePoint point in symbols
                .GetMethodDebugInformation(MetadataTokens.MethodDebugInformationHandle(method))
                .GetSequencePoints()
        )
        {
            if (point.Offset > offset)
            {
                break;
            }

            if (!point.IsHidden)
            {
                Document document = symbols.GetDocument(point.Document);
                found = (symbols.GetString(document.Name), point.StartLine);
            }
        }

        return found;
    }

    /// <summary>Where in the method an await suspends it; -1 if that is not known.</summary>
    private static int OffsetOf(MetadataReader symbols, MethodDefinitionHandle method, int state)
    {
        foreach (CustomDebugInformationHandle handle in symbols.GetCustomDebugInformation(method))
        {
            CustomDebugInformation information = symbols.GetCustomDebugInformation(handle);
            if (symbols.GetGuid(information.Kind) != AsyncSteppingInformation)
            {
                continue;
            }

            BlobReader awaits = symbols.GetBlobReader(information.Value);
            _ = awaits.ReadUInt32();
            for (int i = 0; awaits.RemainingBytes > 0; i++)
            {
                int offset = (int)awaits.ReadUInt32();
                _ = awaits.ReadUInt32();
                _ = awaits.ReadCompressedInteger();
                if (i == state)
                {
                    return offset;
                }
            }
        }

        return -1;
    }
}
