using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.Storage.Local;

/// <summary>A file under a temporary name. It stays open, so that its bytes can be read even when the folder is gone.</summary>
internal sealed class DiskSpoolFile : SpoolFile
{
    private readonly ImageFolder _folder;
    private readonly ImageFileNaming _names;
    private readonly ILogger _logger;
    private readonly string _path;
    private readonly SafeFileHandle _file;

    public DiskSpoolFile(ImageFolder folder, ImageFileNaming names, ILogger logger)
    {
        (_folder, _names, _logger) = (folder, names, logger);
        (_path, _file) = CreateFile(attempt: 1);
    }

    public override void Write(ReadOnlySpan<byte> bytes, long at) => RandomAccess.Write(_file, bytes, at);

    protected override int Read(Span<byte> buffer, long at) => RandomAccess.Read(_file, buffer, at);

    public override void FlushToDisk() => RandomAccess.FlushToDisk(_file);

    public override StoredFile Commit(long length, string sha256)
    {
        var file = new FileCommitter(_folder, _names, _path, _logger).Commit(length, sha256);
        _file.Dispose();
        return file;
    }

    public override string Detach()
    {
        _file.Dispose();
        return _path;
    }

    public override void Delete()
    {
        _file.Dispose();
        File.Delete(_path);
        _folder.DeleteIfTemporary();
    }

    private (string Path, SafeFileHandle File) CreateFile(int attempt)
    {
        var path = _folder.GetPath(_names.TemporaryName(attempt));
        try
        {
            Directory.CreateDirectory(_folder.Absolute);
            return (path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));
        }
        catch (IOException) when (File.Exists(path) || attempt is 1)
        {
            // The name is taken, or was a moment ago.
            return CreateFile(attempt + 1);
        }
    }
}
