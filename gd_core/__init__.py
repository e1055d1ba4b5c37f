"""Gradient descent in plain numpy, small enough to read in one sitting. It knows nothing of screens.

    from gd_core.descent import descend
    from gd_core.optimisers import GradientDescent
    from gd_core.problems import Neuron

    history = descend(Neuron([1, 2, 3], 0), [0, 2, 1], GradientDescent(0.01), updates=20)
    history.loss[:2]  # array([49.    , 25.4016])

The modules in reading order:

    lesson       the lesson's own three functions: error, slope and mean squared error
    activations  what a neuron does with the sum of its inputs
    problems     what can be minimised: a neuron, or a few of its weights
    optimisers   how one update is made
    schedules    how the learning rate, or the optimiser, changes from update to update
    descent      the loop, and the history of a run
    closed_form  a faster way to the same history for linear neurons
    regimes      what a learning rate will do, known in advance: converges, oscillates, diverges
    network      a small fully connected network, and backpropagation
    diagnostics  what keeps a network from learning: dead, saturated and symmetric nodes, vanishing slopes
    samples      many samples: mini-batches, the least-squares solution, and made-up data
"""
