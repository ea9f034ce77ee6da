using System.Net;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Serving and connecting as the world has it: every case goes through these, so that every case runs over TLS, say, or at a Unix path.</summary>
internal static class WorldCalls
{
    /// <param name="world">Where.</param>
    /// <param name="handler">Of each connection.</param>
    /// <param name="options">What the case asks for; the defaults if null.</param>
    /// <param name="at">Where exactly; a new address if null.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    public static ValueTask<StreamServer> ServeAsync(
        this ContractWorld world,
        Func<Connection, Task> handler,
        ServerOptions? options = null,
        EndPoint? at = null,
        CancellationToken cancellationToken = default
    ) =>
        world.Server.StartServerAsync(
            handler,
            at ?? world.NewAddress(),
            world.WithServer(options ?? ServerOptions.Default),
            cancellationToken
        );

    public static ValueTask<StreamServer> ServeAsync(
        this ContractWorld world,
        Func<AsyncStreamReader, AsyncStreamWriter, Task> handler,
        ServerOptions? options = null,
        EndPoint? at = null
    ) => world.ServeAsync(connection => handler(connection.Reader, connection.Writer), options, at);

    public static ValueTask<Connection> ConnectAsync(
        this ContractWorld world,
        StreamServer server,
        ClientOptions? options = null,
        CancellationToken cancellationToken = default
    ) => world.ConnectAsync(server.EndPoints[0], options, cancellationToken);

    public static ValueTask<Connection> ConnectAsync(
        this ContractWorld world,
        EndPoint remote,
        ClientOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        world.Client.OpenConnectionAsync(remote, world.WithClient(options ?? ClientOptions.Default), cancellationToken);
}
