namespace Deterministic.Core.Connecting;

/// <summary>
/// All transitions of <see cref="ConnectionState"/>, in one table. Closing and aborting are idempotent, an abort overtakes whatever
/// still takes time, a flush and a close in order alike, and nothing leads back.
/// </summary>
internal static class ConnectionTransitions
{
    // Rows: state before. Columns: Close, Flushed, Abort, Disconnect, Disconnected.
    private static readonly ConnectionState[,] Table =
    {
        /* Open          */{
            ConnectionState.Flushing,
            ConnectionState.Open,
            ConnectionState.Aborting,
            ConnectionState.Open,
            ConnectionState.Closed,
        },
        /* Flushing      */{
            ConnectionState.Flushing,
            ConnectionState.Closing,
            ConnectionState.Aborting,
            ConnectionState.Flushing,
            ConnectionState.Closed,
        },
        /* Closing       */{
            ConnectionState.Closing,
            ConnectionState.Closing,
            ConnectionState.Aborting,
            ConnectionState.Disconnecting,
            ConnectionState.Closed,
        },
        /* Disconnecting */{
            ConnectionState.Disconnecting,
            ConnectionState.Disconnecting,
            ConnectionState.Aborting,
            ConnectionState.Disconnecting,
            ConnectionState.Closed,
        },
        /* Aborting      */{
            ConnectionState.Aborting,
            ConnectionState.Aborting,
            ConnectionState.Aborting,
            ConnectionState.Resetting,
            ConnectionState.Closed,
        },
        /* Resetting     */{
            ConnectionState.Resetting,
            ConnectionState.Resetting,
            ConnectionState.Resetting,
            ConnectionState.Resetting,
            ConnectionState.Closed,
        },
        /* Closed        */{
            ConnectionState.Closed,
            ConnectionState.Closed,
            ConnectionState.Closed,
            ConnectionState.Closed,
            ConnectionState.Closed,
        },
    };

    public static ConnectionState After(ConnectionState state, ConnectionInput input) => Table[(int)state, (int)input];
}
