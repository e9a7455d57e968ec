using GptImage2.Generation.Inputs.Sandbox;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.Cast;

/// <summary>Opens files of a cast, which others may have written: a pipe or a device in the place of one would keep a call waiting.</summary>
internal static class CastFile
{
    /// <param name="path">Absolute; links on its way are followed.</param>
    /// <returns>An ordinary file that is not empty, open for reading, which the caller owns; null where it is none, or is gone.</returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    public static SafeFileHandle? OpenOrdinary(string path)
    {
        // None of the others has a length, and opening one could wait or have effects.
        if (RealPath.Resolve(path) is not { } real || new FileInfo(real) is not { Exists: true, Length: > 0 })
        {
            return null;
        }

        var file = SandboxedFile.OpenNoFollow(real);
        if (SandboxedFile.IsRegularFile(file))
        {
            return file;
        }

        file.Dispose();
        return null;
    }
}
