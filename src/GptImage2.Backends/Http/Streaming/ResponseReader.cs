namespace GptImage2.Backends.Http.Streaming;

/// <summary>Copies a response from the connection to its reader, through one buffer.</summary>
internal static class ResponseReader
{
    private const int BufferSize = 64 * 1024;

    /// <param name="enough">Whether nothing more is needed, so that a service that keeps the connection open is not waited for.</param>
    /// <exception cref="MalformedResponseException">The connection failed. Exceptions of the reader pass through.</exception>
    public static async Task CopyToAsync(
        Stream response,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> reader,
        Func<bool> enough,
        CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (!enough() && await ReadAsync(response, buffer.AsMemory(0, BufferSize), cancellationToken) is > 0 and var length)
            {
                await reader(buffer.AsMemory(0, length), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The beginning of a response that should be small, such as an error; what had arrived, if the connection fails.</summary>
    public static async Task<byte[]> ReadPrefixAsync(Stream response, int limit, CancellationToken cancellationToken)
    {
        var beginning = new byte[limit];
        var length = 0;
        try
        {
            while (length < limit && await ReadAsync(response, beginning.AsMemory(length), cancellationToken) is > 0 and var more)
            {
                length += more;
            }
        }
        catch (MalformedResponseException)
        {
            return beginning[..length];
        }

        return beginning[..length];
    }

    private static async ValueTask<int> ReadAsync(Stream response, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await response.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new MalformedResponseException("was cut off", e);
        }
    }
}
