using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage;

/// <summary>A picture on its way into a file. The file is made with the first byte; hash and length are taken as bytes pass.</summary>
internal sealed partial class IncomingFile(StoreFolder folder, FileNames names, ILogger logger) : IncomingImage
{
    /// <summary>Gathers small writes, and stays below the size from which arrays are collected late; larger writes pass it by.</summary>
    private const int BufferSize = 64 << 10;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private FileStream? _file;
    private long _length;
    private bool _broken;
    private bool _arrived;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await Begin(buffer.Span).WriteAsync(buffer, cancellationToken);
            _broken = false;
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            throw StoreFailures.NotWritten(exception, folder.Root);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            Begin(buffer).Write(buffer);
            _broken = false;
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            throw StoreFailures.NotWritten(exception, folder.Root);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Does nothing: only completing makes bytes last.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<KeptImage> CompleteAsync() => (_file, _broken, _arrived) switch
    {
        (_, _, true) => throw new InvalidOperationException("The picture is complete already."),
        (_, true, _) => throw new InvalidOperationException("A write failed or was cancelled, so the picture has a hole."),
        (null, _, _) => throw StoreFailures.Empty(),
        var (writing, _, _) => Task.Run(() => Complete(writing)),
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            Discard();
        }

        base.Dispose(disposing);
    }

    /// <summary>The file to write these bytes to; until the write has ended well, the picture counts as broken.</summary>
    private FileStream Begin(ReadOnlySpan<byte> bytes)
    {
        _broken = true;
        _file ??= Create(attempt: 1);
        _hash.AppendData(bytes);
        _length += bytes.Length;
        return _file;
    }

    private FileStream Create(int attempt)
    {
        var path = folder.Prepare(names.Arriving(attempt));
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.Read,
                BufferSize = BufferSize,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (IOException) when (attempt is 1 || File.Exists(path))
        {
            // Somebody has that name, or had it a moment ago.
            return Create(attempt + 1);
        }
    }

    private KeptImage Complete(FileStream writing)
    {
        Seal(writing);
        var kept = new ArrivedFile(folder, names, writing.Name).Keep(_length, Convert.ToHexStringLower(_hash.GetHashAndReset()));
        LogKept(kept.Id, _length);
        return kept;
    }

    /// <summary>From here on the bytes are never deleted, whatever they turn out to be: they were paid for.</summary>
    private void Seal(FileStream writing)
    {
        try
        {
            writing.Flush(flushToDisk: true);
            writing.Dispose();
            _arrived = true;
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            throw StoreFailures.NotWritten(exception, folder.Root);
        }
    }

    private void Discard()
    {
        if (_file is null || _arrived)
        {
            return;
        }

        try
        {
            CloseAndDelete(_file);
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            LogLeft(exception, _file.Name);
        }
    }

    /// <summary>Closing writes what is gathered, which a full disk refuses; the file goes all the same.</summary>
    private static void CloseAndDelete(FileStream unfinished)
    {
        try
        {
            unfinished.Dispose();
        }
        finally
        {
            File.Delete(unfinished.Name);
        }
    }

    /// <summary>Without the path, whose name has words of the prompt.</summary>
    [LoggerMessage(Level = LogLevel.Information, Message = "Kept {Id}, {Bytes} bytes")]
    private partial void LogKept(string id, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An unfinished picture could not be removed: {Path}")]
    private partial void LogLeft(Exception exception, string path);
}
