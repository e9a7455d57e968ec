namespace GptImage2.Generation.Storage.Local;

/// <summary>
/// An image on its way into a file. The file is created with the first byte; hash and length are computed as bytes pass. Where
/// one location fails, the image continues in the next, with all that has been written so far.
/// </summary>
internal sealed partial class SpooledIncomingImage(FileImageStore store, ImageFileNaming names, ILogger logger) : IncomingImage
{
    /// <summary>Below the large object heap.</summary>
    private const int BufferSize = 64 << 10;

    /// <summary>Of what is in the spool file, which is all but what is buffered.</summary>
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = [];
    private int _buffered;
    private long _written;
    private SpoolFile? _spoolFile;
    private StorageLocation _location;
    private Exception? _failure;
    private bool _broken;
    private bool _sealed;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // Until the write has succeeded, and for good if it fails.
        _broken = _broken ? throw CreateGapError() : true;
        if (_spoolFile is null)
        {
            _buffer = new byte[BufferSize];
            OpenNext();
        }

        while (!buffer.IsEmpty)
        {
            if (_buffered == _buffer.Length)
            {
                FlushBuffer();
            }

            var piece = buffer[..Math.Min(buffer.Length, _buffer.Length - _buffered)];
            piece.CopyTo(_buffer.AsSpan(_buffered));
            _buffered += piece.Length;
            buffer = buffer[piece.Length..];
        }

        _broken = false;
    }

    /// <summary>Only what the buffer cannot take is left to another thread.</summary>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _broken |= cancellationToken.IsCancellationRequested;
        cancellationToken.ThrowIfCancellationRequested();
        if (buffer.Length <= _buffer.Length - _buffered)
        {
            Write(buffer.Span);
        }
        else
        {
            await Task.Run(() => Write(buffer.Span), CancellationToken.None);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override Task<StoredImage> StoreAsync() => (_spoolFile, _broken, _sealed) switch
    {
        (_, _, true) => throw new InvalidOperationException("The image is complete already."),
        (_, true, _) => throw CreateGapError(),
        (null, _, _) => throw StorageErrors.EmptyImage(),
        _ => Task.Run(Complete),
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            Discard(_sealed ? null : _spoolFile);
        }

        base.Dispose(disposing);
    }

    private static InvalidOperationException CreateGapError() => new("A write failed or was cancelled, so the image has a gap.");

    private void FlushBuffer()
    {
        WithFailOver(file =>
        {
            file.Write(_buffer.AsSpan(0, _buffered), _written);
            return true;
        });
        _hash.AppendData(_buffer, 0, _buffered);
        _written += _buffered;
        _buffered = 0;
    }

    /// <summary>Once complete the bytes are never deleted, whatever they turn out to be: they were paid for.</summary>
    private StoredImage Complete()
    {
        FlushBuffer();
        var sha256 = Convert.ToHexStringLower(_hash.GetCurrentHash());
        var stored = WithFailOver(file =>
        {
            file.FlushToDisk();
            _sealed = true;
            return file.Commit(_written, sha256);
        });

        if (_failure is { } failure)
        {
            store.AddRelocationReason(stored, failure);
        }

        LogStored(names.Id, _written, stored.Location);
        return new StoredImage(names.Id, stored);
    }

    /// <summary>Does it in the first location that does not fail.</summary>
    /// <exception cref="ImageException">All do.</exception>
    private T WithFailOver<T>(Func<SpoolFile, T> work)
    {
        while (true)
        {
            try
            {
                return work(_spoolFile!);
            }
            catch (Exception exception) when (StorageErrors.IsStorageException(exception))
            {
                MoveOn(exception);
                OpenNext();
            }
        }
    }

    /// <summary>Copies all that was written to the next location that is writable.</summary>
    /// <exception cref="ImageException">None is.</exception>
    private void OpenNext()
    {
        while (_location <= StorageLocation.Memory)
        {
            SpoolFile? next = null;
            try
            {
                next = store.OpenSpoolFile(_location, names);
                _spoolFile?.CopyTo(next, _written, _hash.GetCurrentHash());
                if (_sealed)
                {
                    next.FlushToDisk();
                }

                (next, _spoolFile) = (_spoolFile, next);
                return;
            }
            catch (Exception exception) when (StorageErrors.IsStorageException(exception))
            {
                MoveOn(exception);
            }
            finally
            {
                // The copy where that failed, else what was copied.
                Discard(next);
            }
        }

        throw _spoolFile is not null && _sealed ? StorageErrors.NotRenamed(_failure!, _spoolFile.Detach()) : StorageErrors.NotWritten(_failure!, store.Root);
    }

    private void MoveOn(Exception failure)
    {
        _failure ??= failure;
        LogFailed(failure, names.Id, _location);
        _location++;
    }

    private void Discard(SpoolFile? unfinished)
    {
        try
        {
            unfinished?.Delete();
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            LogLeft(exception, names.Id);
        }
    }

    /// <summary>Without the path, whose name has words of the prompt.</summary>
    [LoggerMessage(Level = LogLevel.Information, Message = "Stored {Id}, {Bytes} bytes, in {Location}")]
    private partial void LogStored(string id, long bytes, StorageLocation location);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Id} cannot be stored in {Location}")]
    private partial void LogFailed(Exception exception, string id, StorageLocation location);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An unfinished file of {Id} could not be removed")]
    private partial void LogLeft(Exception exception, string id);
}
