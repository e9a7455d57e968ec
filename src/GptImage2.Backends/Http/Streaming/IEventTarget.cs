using System.Text.Json;

namespace GptImage2.Backends.Http.Streaming;

/// <summary>Receives the events of a stream, and the pictures in them while they arrive.</summary>
internal interface IEventTarget : IBase64Target
{
    /// <summary>The name of the event that is arriving; empty when it has none.</summary>
    void OnEventName(string name);

    /// <summary>All of an event has arrived.</summary>
    /// <param name="data">Its data, pictures emptied.</param>
    ValueTask OnEventAsync(JsonElement data, CancellationToken cancellationToken);
}
