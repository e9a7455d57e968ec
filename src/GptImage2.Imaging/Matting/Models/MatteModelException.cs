namespace GptImage2.Imaging.Matting.Models;

/// <summary>A model that cannot be used. The message says what was expected and what to do, contains no folder, and is safe to show.</summary>
public sealed class MatteModelException(string message, Exception? inner = null) : Exception(message, inner);
