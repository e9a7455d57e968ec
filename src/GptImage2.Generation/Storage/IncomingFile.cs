using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage;

/// <summary>
/// A picture on its way into a file. The file is made with the first byte; hash and length are taken as bytes pass. Where one
/// place fails, the picture goes on in the next, with all that has come so far.
/// </summary>
internal sealed partial class IncomingFile(Landings landings, FileNames names, ILogger logger) : IncomingImage
{
    /// <summary>Gathers small writes, and stays below the size from which arrays are collected late; larger writes pass it by.</summary>
    private const int BufferSize = 64 << 10;

    /// <summary>Of what has landed, which is all but what is gathered.</summary>
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = [];
    private int _gathered;
    private long _landed;
    private Landing? _landing;
    private Place _place;
    private Exception? _failure;
    private bool _broken;
    private bool _arrived;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Begin();
        cancellationToken.ThrowIfCancellationRequested();
        if (!TryGather(buffer.Span))
        {
            await LandAsync(Gathered, cancellationToken);
            _gathered = 0;
            await (TryGather(buffer.Span) ? ValueTask.CompletedTask : LandAsync(buffer, cancellationToken));
        }

        _broken = false;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Begin();
        if (!TryGather(buffer))
        {
            LandGathered();
            if (!TryGather(buffer))
            {
                Land(buffer);
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

    public override Task<KeptImage> CompleteAsync() => (_landing, _broken, _arrived) switch
    {
        (_, _, true) => throw new InvalidOperationException("The picture is complete already."),
        (_, true, _) => throw new InvalidOperationException("A write failed or was cancelled, so the picture has a hole."),
        (null, _, _) => throw StoreFailures.Empty(),
        _ => Task.Run(Complete),
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            if (_landing is { } unfinished && !_arrived)
            {
                Discard(unfinished);
            }
        }

        base.Dispose(disposing);
    }

    private ReadOnlyMemory<byte> Gathered => _buffer.AsMemory(0, _gathered);

    /// <summary>Until the write has ended well, the picture counts as broken.</summary>
    private void Begin()
    {
        _broken = true;
        if (_landing is null)
        {
            _buffer = new byte[BufferSize];
            Open();
        }
    }

    private void Open()
    {
        try
        {
            _landing = landings.Open(Place.Store, names);
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            MoveOn(exception);
        }
    }

    private bool TryGather(ReadOnlySpan<byte> bytes)
    {
        var fits = bytes.TryCopyTo(_buffer.AsSpan(_gathered));
        _gathered += fits ? bytes.Length : 0;
        return fits;
    }

    private void LandGathered()
    {
        Land(Gathered.Span);
        _gathered = 0;
    }

    private void Land(ReadOnlySpan<byte> bytes)
    {
        for (var landed = false; !landed;)
        {
            try
            {
                _landing!.Write(bytes, _landed);
                landed = true;
            }
            catch (Exception exception) when (StoreFailures.IsForeseen(exception))
            {
                MoveOn(exception);
            }
        }

        Count(bytes);
    }

    private async ValueTask LandAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (var landed = false; !landed;)
        {
            try
            {
                await _landing!.WriteAsync(bytes, _landed, cancellationToken);
                landed = true;
            }
            catch (Exception exception) when (StoreFailures.IsForeseen(exception))
            {
                MoveOn(exception);
            }
        }

        Count(bytes.Span);
    }

    private void Count(ReadOnlySpan<byte> landed)
    {
        _hash.AppendData(landed);
        _landed += landed.Length;
    }

    private KeptImage Complete()
    {
        LandGathered();
        var sha256 = Convert.ToHexStringLower(_hash.GetCurrentHash());
        while (true)
        {
            try
            {
                return Keep(_landing!, sha256);
            }
            catch (Exception exception) when (StoreFailures.IsForeseen(exception))
            {
                MoveOn(exception);
            }
        }
    }

    /// <summary>Once sealed the bytes are never deleted, whatever they turn out to be: they were paid for.</summary>
    private KeptImage Keep(Landing landing, string sha256)
    {
        landing.Seal();
        _arrived = true;
        var file = landing.Keep(_landed, sha256);
        if (_failure is { } failure)
        {
            landings.Explain(file, failure);
        }

        LogKept(names.Id, _landed, file.Place);
        return new KeptImage(names.Id, file);
    }

    /// <summary>Takes all that has landed to the next place that will have it.</summary>
    /// <exception cref="Failures.ImageException">No place will.</exception>
    private void MoveOn(Exception failure)
    {
        _failure ??= failure;
        LogFailed(failure, names.Id, _place);
        while (_place < Place.Memory)
        {
            _place++;
            if (TryOpenNext(_place) is { } next)
            {
                var left = _landing;
                _landing = next;
                if (left is not null)
                {
                    Discard(left);
                }

                return;
            }
        }

        throw _landing is not null && _arrived ? StoreFailures.NotRenamed(_failure, _landing.Leave()) : StoreFailures.NotWritten(_failure, landings.Root);
    }

    private Landing? TryOpenNext(Place place)
    {
        Landing? next = null;
        try
        {
            next = landings.Open(place, names);
            CopyTo(next);
            return next;
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            LogFailed(exception, names.Id, place);
            if (next is not null)
            {
                Discard(next);
            }

            return null;
        }
    }

    private void CopyTo(Landing next)
    {
        using var check = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[BufferSize];
        for (var at = 0L; at < _landed;)
        {
            var read = _landing!.Read(piece.AsSpan(0, (int)Math.Min(piece.Length, _landed - at)), at);
            next.Write(read > 0 ? piece.AsSpan(0, read) : throw new EndOfStreamException(), at);
            check.AppendData(piece, 0, read);
            at += read;
        }

        if (!check.GetCurrentHash().AsSpan().SequenceEqual(_hash.GetCurrentHash()))
        {
            throw new IOException("What was written reads back as something else.");
        }

        if (_arrived)
        {
            next.Seal();
        }
    }

    private void Discard(Landing unfinished)
    {
        try
        {
            unfinished.Discard();
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            LogLeft(exception, names.Id);
        }
    }

    /// <summary>Without the path, whose name has words of the prompt.</summary>
    [LoggerMessage(Level = LogLevel.Information, Message = "Kept {Id}, {Bytes} bytes, in {Place}")]
    private partial void LogKept(string id, long bytes, Place place);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Id} cannot be kept in {Place}")]
    private partial void LogFailed(Exception exception, string id, Place place);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An unfinished file of {Id} could not be removed")]
    private partial void LogLeft(Exception exception, string id);
}
