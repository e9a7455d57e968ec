namespace GptImage2.Backends.Http.Streaming;

/// <summary>Receives the decoded values of a response, one after another.</summary>
internal interface IBase64Target
{
    /// <summary>A value begins.</summary>
    /// <param name="before">The JSON text up to here, earlier values emptied.</param>
    void Begin(ReadOnlySpan<byte> before);

    ValueTask WriteAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken);

    /// <summary>The value is complete.</summary>
    ValueTask EndAsync(CancellationToken cancellationToken);
}

/// <summary>Receives the events of a stream, and the images in them while they arrive.</summary>
internal interface IEventTarget : IBase64Target
{
    /// <summary>The name of the event that is arriving; empty when it has none.</summary>
    void OnEventName(string name);

    /// <summary>All of an event has arrived.</summary>
    /// <param name="data">Its data, images emptied.</param>
    ValueTask OnEventAsync(JsonElement data, CancellationToken cancellationToken);
}
