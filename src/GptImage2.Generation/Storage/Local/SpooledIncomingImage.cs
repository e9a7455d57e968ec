using System.Security.Cryptography;
using GptImage2.Generation.Errors;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage.Local;

/// <summary>
/// A picture on its way into a file. The file is made with the first byte; hash and length are taken as bytes pass. Where one
/// place fails, the picture goes on in the next, with all that has come so far.
/// </summary>
internal sealed partial class SpooledIncomingImage(Spool landings, ImageFileNaming names, ILogger logger) : IncomingImage
{
    /// <summary>Gathers small writes, and stays below the size from which arrays are collected late; larger writes pass it by.</summary>
    private const int BufferSize = 64 << 10;

    /// <summary>Of what has landed, which is all but what is gathered.</summary>
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

    /// <summary>Does nothing: only completing makes bytes last.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<StoredImage> CompleteAsync() => (_spoolFile, _broken, _sealed) switch
    {
        (_, _, true) => throw new InvalidOperationException("The picture is complete already."),
        (_, true, _) => throw new InvalidOperationException("A write failed or was cancelled, so the picture has a hole."),
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

    /// <summary>Until the write has ended well, the picture counts as broken.</summary>
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
            _spoolFile = landings.Open(StorageLocation.Store, names);
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
        for (var landed = false; !landed;)
        {
            try
            {
                _spoolFile!.Write(bytes, _written);
                landed = true;
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
        for (var landed = false; !landed;)
        {
            try
            {
                await _spoolFile!.WriteAsync(bytes, _written, cancellationToken);
                landed = true;
            }
            catch (Exception exception) when (StorageErrors.IsStorageException(exception))
            {
                FailOver(exception);
            }
        }

        UpdateHash(bytes.Span);
    }

    private void UpdateHash(ReadOnlySpan<byte> landed)
    {
        _hash.AppendData(landed);
        _written += landed.Length;
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

    /// <summary>Once sealed the bytes are never deleted, whatever they turn out to be: they were paid for.</summary>
    private StoredImage Commit(SpoolFile landing, string sha256)
    {
        landing.FlushToDisk();
        _sealed = true;
        var file = landing.Commit(_written, sha256);
        if (_failure is { } failure)
        {
            landings.AddRelocationReason(file, failure);
        }

        LogStored(names.Id, _written, file.Location);
        return new StoredImage(names.Id, file);
    }

    /// <summary>Takes all that has landed to the next place that will have it.</summary>
    /// <exception cref="ImageException">No place will.</exception>
    private void FailOver(Exception failure)
    {
        _failure ??= failure;
        LogFailed(failure, names.Id, _location);
        while (_location < StorageLocation.Memory)
        {
            _location++;
            if (TryOpenNext(_location) is { } next)
            {
                var left = _spoolFile;
                _spoolFile = next;
                if (left is not null)
                {
                    Discard(left);
                }

                return;
            }
        }

        throw _spoolFile is not null && _sealed ? StorageErrors.NotRenamed(_failure, _spoolFile.Detach()) : StorageErrors.NotWritten(_failure, landings.Root);
    }

    private SpoolFile? TryOpenNext(StorageLocation place)
    {
        SpoolFile? next = null;
        try
        {
            next = landings.Open(place, names);
            CopySpooledTo(next);
            return next;
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            LogFailed(exception, names.Id, place);
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
            throw new IOException("What was written reads back as something else.");
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
    [LoggerMessage(Level = LogLevel.Information, Message = "Kept {Id}, {Bytes} bytes, in {Place}")]
    private partial void LogStored(string id, long bytes, StorageLocation place);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Id} cannot be kept in {Place}")]
    private partial void LogFailed(Exception exception, string id, StorageLocation place);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An unfinished file of {Id} could not be removed")]
    private partial void LogLeft(Exception exception, string id);
}
