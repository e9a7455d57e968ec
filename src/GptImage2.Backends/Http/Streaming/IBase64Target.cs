namespace GptImage2.Backends.Http.Streaming;

/// <summary>Receives the decoded values of an answer, one after another.</summary>
internal interface IBase64Target
{
    /// <summary>A value begins.</summary>
    /// <param name="before">The JSON text up to here, earlier values emptied.</param>
    void Begin(ReadOnlySpan<byte> before);

    ValueTask WriteAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken);

    /// <summary>The value came whole.</summary>
    ValueTask EndAsync(CancellationToken cancellationToken);
}
