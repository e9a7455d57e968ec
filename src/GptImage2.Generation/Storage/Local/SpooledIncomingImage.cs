namespace GptImage2.Generation.Storage.Local;

/// <summary>
/// An image on its way into a file. The file is created with the first byte; hash and length are computed as bytes pass. Where
/// one location fails, the image continues in the next, with all that has been written so far.
/// </summary>
internal sealed partial class SpooledIncomingImage(Spool spool, ImageFileNaming names, ILogger logger) : IncomingImage
{
    /// <summary>Buffers small writes, and stays below the large object heap; larger writes bypass it.</summary>
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

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        EnsureOpen();
        cancellationToken.ThrowIfCancellationRequested();
        if (!TryBuffer(buffer.Span))
        {
            await WriteThroughAsync(Buffered, cancellationToken);
            _buffered = 0;
            await (TryBuffer(buffer.Span) ? ValueTask.CompletedTask : WriteThroughAsync(buffer, cancellationToken));
        }

        _broken = false;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        EnsureOpen();
        if (!TryBuffer(buffer))
        {
            FlushBuffer();
            if (!TryBuffer(buffer))
            {
                WriteThrough(buffer);
            }
        }

        _broken = false;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Does nothing: only completing flushes to disk.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task<StoredImage> StoreAsync() => (_spoolFile, _broken, _sealed) switch
    {
        (_, _, true) => throw new InvalidOperationException("The image is complete already."),
        (_, true, _) => throw new InvalidOperationException("A write failed or was cancelled, so the image has a gap."),
        (null, _, _) => throw StorageErrors.EmptyImage(),
        _ => Task.Run(Complete),
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            if (_spoolFile is { } unfinished && !_sealed)
            {
                Discard(unfinished);
            }
        }

        base.Dispose(disposing);
    }

    private ReadOnlyMemory<byte> Buffered => _buffer.AsMemory(0, _buffered);

    /// <summary>Until the write has succeeded, the image counts as broken.</summary>
    private void EnsureOpen()
    {
        _broken = true;
        if (_spoolFile is null)
        {
            _buffer = new byte[BufferSize];
            OpenFirst();
        }
    }

    private void OpenFirst()
    {
        try
        {
            _spoolFile = spool.Open(StorageLocation.Store, names);
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            FailOver(exception);
        }
    }

    private bool TryBuffer(ReadOnlySpan<byte> bytes)
    {
        var fits = bytes.TryCopyTo(_buffer.AsSpan(_buffered));
        _buffered += fits ? bytes.Length : 0;
        return fits;
    }

    private void FlushBuffer()
    {
        WriteThrough(Buffered.Span);
        _buffered = 0;
    }

    private void WriteThrough(ReadOnlySpan<byte> bytes)
    {
        for (var written = false; !written;)
        {
            try
            {
                _spoolFile!.Write(bytes, _written);
                written = true;
            }
            catch (Exception exception) when (StorageErrors.IsStorageException(exception))
            {
                FailOver(exception);
            }
        }

        UpdateHash(bytes);
    }

    private async ValueTask WriteThroughAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (var written = false; !written;)
        {
            try
            {
                await _spoolFile!.WriteAsync(bytes, _written, cancellationToken);
                written = true;
            }
            catch (Exception exception) when (StorageErrors.IsStorageException(exception))
            {
                FailOver(exception);
            }
        }

        UpdateHash(bytes.Span);
    }

    private void UpdateHash(ReadOnlySpan<byte> written)
    {
        _hash.AppendData(written);
        _written += written.Length;
    }

    private StoredImage Complete()
    {
        FlushBuffer();
        var sha256 = Convert.ToHexStringLower(_hash.GetCurrentHash());
        while (true)
        {
            try
            {
                return Commit(_spoolFile!, sha256);
            }
            catch (Exception exception) when (StorageErrors.IsStorageException(exception))
            {
                FailOver(exception);
            }
        }
    }

    /// <summary>Once complete the bytes are never deleted, whatever they turn out to be: they were paid for.</summary>
    private StoredImage Commit(SpoolFile spoolFile, string sha256)
    {
        spoolFile.FlushToDisk();
        _sealed = true;
        var file = spoolFile.Commit(_written, sha256);
        if (_failure is { } failure)
        {
            spool.AddRelocationReason(file, failure);
        }

        LogStored(names.Id, _written, file.Location);
        return new StoredImage(names.Id, file);
    }

    /// <summary>Copies all that was written to the next location that is writable.</summary>
    /// <exception cref="ImageException">None is.</exception>
    private void FailOver(Exception failure)
    {
        _failure ??= failure;
        LogFailed(failure, names.Id, _location);
        while (_location < StorageLocation.Memory)
        {
            _location++;
            if (TryOpenNext(_location) is { } next)
            {
                var previous = _spoolFile;
                _spoolFile = next;
                if (previous is not null)
                {
                    Discard(previous);
                }

                return;
            }
        }

        throw _spoolFile is not null && _sealed ? StorageErrors.NotRenamed(_failure, _spoolFile.Detach()) : StorageErrors.NotWritten(_failure, spool.Root);
    }

    private SpoolFile? TryOpenNext(StorageLocation location)
    {
        SpoolFile? next = null;
        try
        {
            next = spool.Open(location, names);
            CopySpooledTo(next);
            return next;
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            LogFailed(exception, names.Id, location);
            if (next is not null)
            {
                Discard(next);
            }

            return null;
        }
    }

    private void CopySpooledTo(SpoolFile next)
    {
        using var check = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[BufferSize];
        for (var at = 0L; at < _written;)
        {
            var read = _spoolFile!.Read(piece.AsSpan(0, (int)Math.Min(piece.Length, _written - at)), at);
            next.Write(read > 0 ? piece.AsSpan(0, read) : throw new EndOfStreamException(), at);
            check.AppendData(piece, 0, read);
            at += read;
        }

        if (!check.GetCurrentHash().AsSpan().SequenceEqual(_hash.GetCurrentHash()))
        {
            throw new IOException("What was written reads back differently.");
        }

        if (_sealed)
        {
            next.FlushToDisk();
        }
    }

    private void Discard(SpoolFile unfinished)
    {
        try
        {
            unfinished.Delete();
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
