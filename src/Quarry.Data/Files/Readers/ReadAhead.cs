using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Quarry.Data.Files.Readers;

/// <summary>Makes the items of a sequence on a thread of their own, a bounded number ahead of who takes them.</summary>
/// <typeparam name="T">The items.</typeparam>
internal sealed class ReadAhead<T> : IDisposable
{
    // A thread that waits for standard input cannot be woken: it is left behind, and ends with the process.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(200);

    private readonly IEnumerable<T> _source;
    private readonly BlockingCollection<T> _items;
    private readonly CancellationTokenSource _stop;
    private readonly Thread _thread;
    private Exception? _fault;

    /// <summary>Nothing is made before the items are asked for.</summary>
    public ReadAhead(IEnumerable<T> source, int ahead, CancellationToken cancellation)
    {
        _source = source;
        _items = new BlockingCollection<T>(ahead);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _thread = new Thread(Produce) { IsBackground = true, Name = "Quarry reader" };
    }

    /// <summary>The items, in order. An exception of the source appears where it happened.</summary>
    public IEnumerable<T> Items()
    {
        _thread.Start();
        foreach (T item in _items.GetConsumingEnumerable(_stop.Token))
        {
            yield return item;
        }

        if (_fault is not null)
        {
            ExceptionDispatchInfo.Throw(_fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted) || _thread.Join(LongestWait))
        {
            _items.Dispose();
        }
    }

    private void Produce()
    {
        try
        {
            foreach (T item in _source)
            {
                _items.Add(item, _stop.Token);
            }
        }
        catch (Exception e)
        {
            _fault = e;
        }
        finally
        {
            _items.CompleteAdding();
        }
    }
}
