using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.Storage;

/// <summary>A file under a temporary name. It stays open, so that its bytes can be had even when the folder is gone.</summary>
internal sealed class FileLanding : Landing
{
    private readonly PictureFolder _folder;
    private readonly FileNames _names;
    private readonly ILogger _logger;
    private readonly string _path;
    private readonly SafeFileHandle _file;

    public FileLanding(PictureFolder folder, FileNames names, ILogger logger)
    {
        (_folder, _names, _logger) = (folder, names, logger);
        (_path, _file) = Create(attempt: 1);
    }

    public override void Write(ReadOnlySpan<byte> bytes, long at) => RandomAccess.Write(_file, bytes, at);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long at, CancellationToken cancellationToken) =>
        RandomAccess.WriteAsync(_file, bytes, at, cancellationToken);

    public override int Read(Span<byte> buffer, long at) => RandomAccess.Read(_file, buffer, at);

    public override void Seal() => RandomAccess.FlushToDisk(_file);

    public override StoredFile Keep(long length, string sha256)
    {
        var kept = new ArrivedFile(_folder, _names, _path, _logger).Keep(length, sha256);
        _file.Dispose();
        return kept;
    }

    public override string Leave()
    {
        _file.Dispose();
        return _path;
    }

    public override void Discard()
    {
        _file.Dispose();
        File.Delete(_path);
        _folder.Abandon();
    }

    private (string Path, SafeFileHandle File) Create(int attempt)
    {
        var path = _folder.At(_names.Arriving(attempt));
        try
        {
            Directory.CreateDirectory(_folder.Absolute);
            return (path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous));
        }
        catch (IOException) when (File.Exists(path) || attempt is 1)
        {
            // Somebody has that name, or had it a moment ago.
            return Create(attempt + 1);
        }
    }
}
