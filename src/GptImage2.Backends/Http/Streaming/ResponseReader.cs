using System.Buffers;

namespace GptImage2.Backends.Http.Streaming;

/// <summary>Carries an answer from the connection to its reader, through one buffer.</summary>
internal static class ResponseReader
{
    private const int BufferSize = 64 * 1024;

    /// <param name="enough">Whether nothing more is needed, so that a service that does not hang up is not waited for.</param>
    /// <exception cref="MalformedResponseException">The connection broke. Failures of the reader are its own.</exception>
    public static async Task CopyToAsync(
        Stream answer,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> reader,
        Func<bool> enough,
        CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (!enough() && await ReadAsync(answer, buffer.AsMemory(0, BufferSize), cancellationToken) is > 0 and var length)
            {
                await reader(buffer.AsMemory(0, length), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The beginning of an answer that should be small, such as an error; what a broken connection gave, if it breaks.</summary>
    public static async Task<byte[]> ReadPrefixAsync(Stream answer, int limit, CancellationToken cancellationToken)
    {
        var beginning = new byte[limit];
        var length = 0;
        try
        {
            while (length < limit && await ReadAsync(answer, beginning.AsMemory(length), cancellationToken) is > 0 and var more)
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

    private static async ValueTask<int> ReadAsync(Stream answer, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new MalformedResponseException("broke off", e);
        }
    }
}
